import assert from "node:assert/strict";
import { handlerOf } from "../../../../lab/engine/handlers";
import { kubernetesObject } from "../../../../lab/engine/handlers/kubernetes-object";
import { kubernetesPatch } from "../../../../lab/engine/handlers/kubernetes-patch";

describe("handlerOf", () => {
  it("takes objects of any API group, built in or custom", () => {
    for (const type of [
      "kubernetes:core/v1:Namespace",
      "kubernetes:apps/v1:Deployment",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
      "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter",
      "kubernetes:v1:ConfigMap",
    ]) {
      assert.equal(handlerOf(type, type.split(":").at(-1)), kubernetesObject, type);
    }
  });

  it("tells a patch from an object by the kind that it patches", () => {
    assert.equal(handlerOf("kubernetes:core/v1:NamespacePatch", "Namespace"), kubernetesPatch);
    assert.equal(handlerOf("kubernetes:example.org/v1:BigPatch", "BigPatch"), kubernetesObject);
  });

  it("refuses every other type by its name", () => {
    for (const type of [
      "aws:s3/bucket:Bucket",
      "kubernetes:helm.sh/v3:Chart",
      "kubernetes:helm.sh/v4:Chart",
      "kubernetes:yaml/v2:ConfigGroup",
      "kubernetes:yaml:ConfigFile",
      "kubernetes:kustomize/v2:Directory",
      "tls:index/other:Other",
      "pulumi:providers:aws",
      "constructor",
    ]) {
      assert.throws(() => handlerOf(type, type.split(":").at(-1)), {
        name: "UserError",
        message: `the lab's engine doesn't know the resource type ${type}: deploy with the Pulumi CLI, or add a handler in lab/engine/handlers`,
      });
    }
  });
});
