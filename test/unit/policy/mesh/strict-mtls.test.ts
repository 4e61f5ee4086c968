import assert from "node:assert/strict";
import { strictMtls } from "../../../../policy/mesh/strict-mtls";
import { object, resource, sentences, unknown, type Resource } from "../../../support/policies";

const found = (...resources: Resource[]) => sentences(resources, [strictMtls]);
const peerAuthentication = (spec: unknown, metadata: Record<string, unknown> = {}) =>
  object("security.istio.io/v1", "PeerAuthentication", { spec }, metadata);
const destinationRule = (spec: Record<string, unknown>) =>
  object("networking.istio.io/v1", "DestinationRule", { spec });

const reason = { annotations: { "mesh/reason": "the mainframe speaks no TLS" } };
const root = { namespace: "istio-system" };

describe("strict-mtls", () => {
  it("passes STRICT, and what leaves the mode to the mesh", async () => {
    assert.deepEqual(await found(peerAuthentication({ mtls: { mode: "STRICT" } }, root)), []);
    assert.deepEqual(await found(peerAuthentication({ selector: {} })), []);
    assert.deepEqual(await found(peerAuthentication({ mtls: { mode: "UNSET" } })), []);
  });

  for (const mode of ["PERMISSIVE", "DISABLE"]) {
    it(`refuses ${mode}, unless a reason is given`, async () => {
      const spec = { mtls: { mode } };
      assert.deepEqual(await found(peerAuthentication(spec)), [
        `PeerAuthentication shop/it has the mTLS mode ${mode}: write STRICT, or say why in the annotation mesh/reason`,
      ]);
      assert.deepEqual(await found(peerAuthentication(spec, reason)), []);
      const empty = { annotations: { "mesh/reason": " " } };
      assert.equal((await found(peerAuthentication(spec, empty))).length, 1);
    });
  }

  it("refuses a weaker mode on a single port", async () => {
    const spec = { mtls: { mode: "STRICT" }, portLevelMtls: { 8080: { mode: "DISABLE" } } };
    assert.match(
      (await found(peerAuthentication(spec))).join(),
      /^PeerAuthentication shop\/it on port 8080 has the mTLS mode DISABLE: /,
    );
  });

  it("refuses a mesh-wide policy that leaves the mode out: above it there is PERMISSIVE alone", async () => {
    assert.equal((await found(peerAuthentication({}, root))).length, 1);
    assert.equal((await found(peerAuthentication({ mtls: {} }, root))).length, 1);
    assert.deepEqual(await found(peerAuthentication({ selector: { matchLabels: {} } }, root)), []);
  });

  it("refuses plain text from sidecars to services of the mesh, not to the outside", async () => {
    const plain = { tls: { mode: "DISABLE" } };
    const host = "movies";
    for (const spec of [
      { host, trafficPolicy: plain },
      { host, trafficPolicy: { portLevelSettings: [plain] } },
      { host, subsets: [{ name: "v1", trafficPolicy: plain }] },
    ]) {
      assert.equal((await found(destinationRule(spec))).length, 1, JSON.stringify(spec));
    }
    assert.deepEqual(
      await found(destinationRule({ host: "api.example.com", trafficPolicy: plain })),
      [],
    );
    assert.deepEqual(await found(destinationRule({ host, trafficPolicy: {} })), []);
  });

  it("refuses values by which sidecars send plain text", async () => {
    const istiod = (enableAutoMtls: boolean) =>
      resource("kubernetes:helm.sh/v3:Release", {
        name: "istiod",
        namespace: "istio-system",
        chart: "istiod",
        values: { meshConfig: { enableAutoMtls } },
      });
    assert.deepEqual(await found(istiod(false)), [
      "values.meshConfig.enableAutoMtls of Release istio-system/istiod makes sidecars send plain text: remove it",
    ]);
    assert.deepEqual(await found(istiod(true)), []);
  });

  it("waits with a mode or a reason that a preview doesn't know", async () => {
    assert.deepEqual(await found(peerAuthentication({ mtls: { mode: unknown } }, root)), []);
    const later = { annotations: unknown };
    assert.deepEqual(await found(peerAuthentication({ mtls: { mode: "DISABLE" } }, later)), []);
  });
});
