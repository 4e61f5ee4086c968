import assert from "node:assert/strict";
import { helmRelease, isPulumis, ownerOf } from "../../../../mesh/preflight/ownership";

const HELM = {
  name: "istiod",
  labels: { "app.kubernetes.io/managed-by": "Helm" },
  annotations: {
    "meta.helm.sh/release-name": "istiod",
    "meta.helm.sh/release-namespace": "istio-system",
  },
};

describe("an object's owner", () => {
  it("is the Helm release that all of label and annotations name", () => {
    assert.deepEqual(helmRelease(HELM), { name: "istiod", namespace: "istio-system" });
    assert.equal(helmRelease({ ...HELM, labels: {} }), undefined);
    assert.equal(helmRelease({ ...HELM, annotations: {} }), undefined);
  });

  it("is Pulumi where one of its managers is", () => {
    const managed = (...managers: string[]) => ({
      name: "x",
      managedFields: managers.map((manager) => ({ manager })),
    });
    assert(isPulumis(managed("kube-controller-manager", "pulumi-kubernetes")));
    assert(isPulumis(managed("pulumi-resource-kubernetes")));
    assert(!isPulumis(managed("kubectl-create")));
    assert(!isPulumis({ name: "x" }));
  });

  it("has a name for sentences", () => {
    assert.equal(ownerOf(HELM), "Helm release istio-system/istiod");
    assert.equal(
      ownerOf({ name: "x", labels: { "app.kubernetes.io/managed-by": "sail-operator" } }),
      "sail-operator",
    );
    const managedFields = ["kube-apiserver", "kubectl"].map((manager) => ({ manager }));
    assert.equal(ownerOf({ name: "x", managedFields }), "kubectl");
    assert.equal(ownerOf({ ...HELM, annotations: {}, managedFields }), "kubectl");
    assert.equal(ownerOf({ name: "x" }), "somebody else");
  });
});
