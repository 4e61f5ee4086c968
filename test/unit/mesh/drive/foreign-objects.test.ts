import assert from "node:assert/strict";
import type { KubernetesObject } from "@kubernetes/client-node";
import { doomedKinds, isForeign, ownedBy, refusal } from "../../../../mesh/drive/foreign-objects";

const definition = (release: string | undefined, policy?: string) => ({
  metadata: {
    annotations: {
      ...(release && { "meta.helm.sh/release-name": release }),
      ...(policy && { "helm.sh/resource-policy": policy }),
    },
  },
  spec: {
    group: "networking.istio.io",
    names: { kind: "VirtualService" },
    versions: [
      { name: "v1alpha3", storage: false },
      { name: "v1", storage: true },
    ],
  },
});

const virtualService = (name: string, over: object = {}): KubernetesObject => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name, namespace: "shop" },
  ...over,
});

describe("doomedKinds", () => {
  it("are those whose definitions a release of ours holds and doesn't keep", () => {
    const expected = [{ apiVersion: "networking.istio.io/v1", kind: "VirtualService" }];
    assert.deepEqual(doomedKinds([definition("istio-crds")]), expected);
    assert.deepEqual(doomedKinds([definition("gateway-api")]), expected);
    assert.deepEqual(doomedKinds([definition("istio-crds", "keep")]), []);
    assert.deepEqual(doomedKinds([definition("istio-base", "keep"), definition(undefined)]), []);
  });
});

describe("isForeign", () => {
  const owned = ownedBy({
    resources: [
      { urn: "urn:a" },
      { inputs: virtualService("ours", { apiVersion: "networking.istio.io/v1beta1" }) },
    ],
  });
  const foreign = (object: object) => isForeign(owned)(object as Record<string, unknown>);

  it("is what the stack's state doesn't hold, in whatever version", () => {
    assert.equal(foreign(virtualService("ours")), false);
    assert.equal(foreign(virtualService("theirs")), true);
    assert.equal(
      foreign(virtualService("ours", { metadata: { name: "ours", namespace: "bank" } })),
      true,
    );
    assert.equal(foreign(virtualService("ours", { kind: "Gateway" })), true);
  });

  it("is not what another object owns, nor a GatewayClass that istiod made", () => {
    const metadata = { name: "solver", namespace: "shop", ownerReferences: [{ name: "order" }] };
    assert.equal(foreign(virtualService("solver", { metadata })), false);
    const gatewayClass = (controllerName: string) => ({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GatewayClass",
      metadata: { name: "a" },
      spec: { controllerName },
    });
    assert.equal(foreign(gatewayClass("istio.io/gateway-controller")), false);
    assert.equal(foreign(gatewayClass("example.com/other")), true);
  });

  it("is everything where the stack has no state", () => {
    assert.deepEqual(ownedBy(undefined), []);
  });
});

describe("refusal", () => {
  it("names three objects in one sentence, counts the rest, and says how to keep or delete them", () => {
    const object = (name: string) => ({
      cluster: "nhn",
      kind: "VirtualService",
      namespace: "shop",
      name,
    });
    const text = refusal([..."abcde"].map(object));
    assert.match(text, /VirtualService shop\/a on nhn, .*shop\/c on nhn and 2 more;/);
    assert.match(text, /mesh:crds to keep/);
    assert.match(text, /--delete-foreign/);
    assert.doesNotMatch(text, /\n|shop\/d/);
    assert.match(
      refusal([{ ...object("x"), kind: "GatewayClass", namespace: undefined }]),
      /GatewayClass x on nhn;/,
    );
  });
});
