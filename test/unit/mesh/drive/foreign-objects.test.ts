import assert from "node:assert/strict";
import type { KubernetesObject } from "@kubernetes/client-node";
import {
  doomedKinds,
  doomedReleases,
  foreignObjects,
  isForeign,
  ownedBy,
  refusal,
} from "../../../../mesh/drive/foreign-objects";
import { ClusterApi } from "../../../../mesh/preflight/cluster-api";

const definition = (release: string | undefined) => ({
  metadata: {
    name: "virtualservices.networking.istio.io",
    labels: { "app.kubernetes.io/managed-by": "Helm" },
    annotations: {
      // Helm looks at the chart's annotation, not at the object's.
      "helm.sh/resource-policy": "keep",
      ...(release && {
        "meta.helm.sh/release-name": release,
        "meta.helm.sh/release-namespace": "istio-system",
      }),
    },
  },
  spec: {
    group: "networking.istio.io",
    names: { kind: "VirtualService", plural: "virtualservices" },
    versions: [
      { name: "v1alpha1", served: false },
      { name: "v1", served: true },
    ],
  },
});

const release = (name: string, keep: boolean) => ({
  type: "kubernetes:helm.sh/v3:Release",
  inputs: { name, namespace: "istio-system", values: { keep } },
});

const virtualService = (name: string, over: object = {}): KubernetesObject => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name, namespace: "shop" },
  ...over,
});

describe("doomedReleases", () => {
  it("are the stack's releases of definitions that aren't to be kept", () => {
    const resources = [release("istio-crds", false), release("gateway-api", true)];
    assert.deepEqual(doomedReleases({ resources }), ["istio-crds"]);
    assert.deepEqual(doomedReleases({ resources: [release("istiod", false)] }), []);
    assert.deepEqual(doomedReleases(undefined), []);
  });
});

describe("doomedKinds", () => {
  it("are those whose definitions belong to such a release, where the API server lists them", () => {
    assert.deepEqual(doomedKinds([definition("istio-crds")], ["istio-crds"]), [
      { kind: "VirtualService", path: "/apis/networking.istio.io/v1/virtualservices" },
    ]);
    const others = [definition("istio-base"), definition(undefined)];
    assert.deepEqual(doomedKinds(others, ["istio-crds", "gateway-api"]), []);
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

describe("foreignObjects", () => {
  const state = { resources: [release("istio-crds", false), { inputs: virtualService("ours") }] };
  const api = (answers: Record<string, unknown>, status = 200) =>
    new ClusterApi(({ path }) => {
      const body = answers[path.split("?")[0] as string] ?? { message: "forbidden" };
      return Promise.resolve({ status, date: undefined, askedAt: new Date(), body });
    });

  it("finds what others made of the kinds that go, and nothing where they stay", async () => {
    const cluster = api({
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions": {
        items: [definition("istio-crds")],
      },
      "/apis/networking.istio.io/v1/virtualservices": {
        items: [virtualService("ours"), virtualService("theirs")],
      },
    });
    assert.deepEqual(await foreignObjects("nhn", state, cluster), [
      { cluster: "nhn", kind: "VirtualService", namespace: "shop", name: "theirs" },
    ]);
    const kept = { resources: [release("istio-crds", true)] };
    assert.deepEqual(await foreignObjects("nhn", kept, cluster), []);
  });

  it("says in one sentence that it may not look, and lets a dead cluster be", async () => {
    await assert.rejects(foreignObjects("nhn", state, api({}, 403)), {
      name: "UserError",
      message: /^Whether destroy .* on nhn can't be told \(forbidden\): .* --delete-foreign$/,
    });
    const dead = new ClusterApi(() => Promise.reject(new Error("connect ECONNREFUSED")));
    assert.deepEqual(await foreignObjects("nhn", state, dead), []);
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
