import assert from "node:assert/strict";
import { certManagerValues } from "../../../../components/https/cert-manager-values";
import { dnsRecord } from "../../../../components/https/dns-record";

const values = (over: Partial<Parameters<typeof certManagerValues>[0]> = {}) =>
  certManagerValues({ footprint: "standard", onDestroy: "delete", values: {}, ...over });

describe("the values of cert-manager's chart", () => {
  it("leave nothing behind on destroy, unless told to keep the definitions", () => {
    assert.deepEqual(values()["crds"], { enabled: true, keep: false });
    assert.deepEqual(values({ onDestroy: "keep" })["crds"], { enabled: true, keep: true });
    assert.equal(values()["enableCertificateOwnerRef"], true);
  });

  it("write into no namespace but its own", () => {
    assert.deepEqual(values()["global"], { leaderElection: { namespace: "cert-manager" } });
  });

  it("give way to the user's, at any depth", () => {
    const { webhook, crds } = values({
      values: { webhook: { replicaCount: 3 }, crds: { keep: true } },
    });
    assert.deepEqual(crds, { enabled: true, keep: true });
    assert.equal((webhook as { replicaCount: number }).replicaCount, 3);
    assert((webhook as { resources?: unknown }).resources !== undefined);
  });
});

describe("the DNS record of a host", () => {
  it("is of the kind that the load balancer's address is", () => {
    assert.deepEqual(dnsRecord("a.example.com", "198.51.100.7"), {
      host: "a.example.com",
      type: "A",
      value: "198.51.100.7",
    });
    assert.equal(dnsRecord("a.example.com", "2001:db8::7").type, "AAAA");
    assert.equal(dnsRecord("a.example.com", "x-1.kr.lb.naverncp.com").type, "CNAME");
  });
});
