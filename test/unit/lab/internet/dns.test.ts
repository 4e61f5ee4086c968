import assert from "node:assert/strict";
import { recordObject } from "../../../../lab/internet/dns-records";
import { addressIn } from "../../../../lab/internet/resolve";
import { loadBalancerHostname } from "../../../../lab/topology";

const externalName = (host: string, target: string): string | undefined =>
  recordObject({ host, target }).spec?.externalName;

describe("the lab's public DNS", () => {
  it("keeps a record as a Service that stands for another name", () => {
    const { metadata, spec } = recordObject({
      host: "clova.mesh-lab.test",
      target: "198-18-101-10.ncloud.lb.mesh-lab.test",
    });
    assert.deepEqual(metadata, { namespace: "public-dns", name: "clova" });
    assert.deepEqual(spec, {
      type: "ExternalName",
      externalName: "198-18-101-10.ncloud.lb.mesh-lab.test",
    });
  });

  it("turns an address into a name that holds it, and back", () => {
    const name = externalName("clova.mesh-lab.test", "198.18.102.10") ?? "";
    assert.equal(addressIn(name), "198.18.102.10");
    assert.equal(addressIn(loadBalancerHostname("ncloud", "198.18.101.10")), "198.18.101.10");
    for (const other of [
      "clova.mesh-lab.test",
      "1-2-3-4.example.com",
      "300-1-1-1.x.lb.mesh-lab.test",
    ]) {
      assert.equal(addressIn(other), undefined, other);
    }
  });

  it("has no records but those directly below its domain", () => {
    for (const host of [
      "a.b.mesh-lab.test",
      "clova.example.com",
      "mesh-lab.test",
      "x_y.mesh-lab.test",
    ]) {
      assert.throws(() => recordObject({ host, target: "198.18.102.10" }), RangeError, host);
    }
  });
});
