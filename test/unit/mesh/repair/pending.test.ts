import assert from "node:assert/strict";
import { idOf, pendingOperations } from "../../../../mesh/repair/pending";
import { isPending } from "../../../../mesh/repair/release-records";

const PROVIDER = "urn:pulumi:ncloud::mesh::pulumi:providers:kubernetes::ncloud::b1f1a729";
const service = {
  urn: "urn:pulumi:ncloud::mesh::mesh:echo:Echo$kubernetes:core/v1:Service::echo-service",
  type: "kubernetes:core/v1:Service",
  provider: PROVIDER,
  inputs: { apiVersion: "v1", kind: "Service", metadata: { name: "echo", namespace: "echo" } },
};
const release = {
  urn: "urn:pulumi:ncloud::mesh::mesh:istio:ControlPlane$kubernetes:helm.sh/v3:Release::istiod",
  type: "kubernetes:helm.sh/v3:Release",
  provider: PROVIDER,
  inputs: { name: "istiod", namespace: "istio-system", chart: "istiod" },
};
const component = {
  urn: "urn:pulumi:ncloud::mesh::mesh:echo:Echo::echo",
  type: "mesh:echo:Echo",
};

const pending = (resources: unknown[], ...begun: unknown[]) =>
  pendingOperations({
    resources,
    pending_operations: begun.map((resource) => ({ type: "creating", resource })),
  });

describe("pendingOperations", () => {
  it("finds the object that was begun, its cluster and its ID", () => {
    const [operation] = pending([], service);
    assert.equal(operation?.cluster, "ncloud");
    assert(operation.target?.kind === "object");
    assert.equal(operation.target.objectKind, "Service");
    assert.equal(idOf(operation.target), "echo/echo");
    assert.equal(operation.isKnown, false);
  });

  it("finds the Helm release that was begun", () => {
    const [operation] = pending([], release);
    assert.deepEqual(operation?.target, {
      kind: "release",
      namespace: "istio-system",
      name: "istiod",
    });
  });

  it("calls an object without a namespace by its name", () => {
    const namespace = {
      ...service,
      type: "kubernetes:core/v1:Namespace",
      inputs: { apiVersion: "v1", kind: "Namespace", metadata: { name: "echo" } },
    };
    const [operation] = pending([], namespace);
    assert(operation?.target);
    assert.equal(idOf(operation.target), "echo");
  });

  it("knows what the state has by now, so that it isn't taken in twice", () => {
    const [operation] = pending([service], service);
    assert.equal(operation?.isKnown, true);
  });

  it("has no target for components and providers, which are nowhere but in the state", () => {
    const [operation] = pending([], component);
    assert.equal(operation?.target, undefined);
    assert.equal(operation?.cluster, undefined);
  });

  it("finds nothing in a state without pending operations, or without anything", () => {
    assert.deepEqual(pendingOperations({ resources: [service] }), []);
    assert.deepEqual(pendingOperations(undefined), []);
    assert.deepEqual(pendingOperations({ pending_operations: null }), []);
  });
});

describe("a Helm record", () => {
  it("is in the way of an upgrade as long as it is pending", () => {
    const record = (status: string) => ({ metadata: { labels: { status } } });
    assert(isPending(record("pending-install")));
    assert(isPending(record("pending-upgrade")));
    assert(!isPending(record("deployed")));
    assert(!isPending({}));
  });
});
