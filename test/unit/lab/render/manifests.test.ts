import assert from "node:assert/strict";
import fc from "fast-check";
import { manifests } from "../../../../lab/render/manifests";
import type { Recording } from "../../../../lab/render/recorder";

const object = (
  apiVersion: string,
  kind: string,
  metadata: object,
  more: object = {},
): Recording => ({
  kind: "object",
  cluster: "ncloud",
  name: "logical",
  inputs: { ...more, kind, metadata, apiVersion },
  secrets: [],
});

describe("manifests", () => {
  const recordings: readonly Recording[] = [
    object("v1", "Namespace", { name: "shop" }),
    object(
      "apps/v1",
      "Deployment",
      { namespace: "shop", name: "web" },
      { spec: { b: 1, a: [2, 1] } },
    ),
    { ...object("v1", "Namespace", { name: "istio-system" }), kind: "patch" },
    { ...object("v1", "Secret", { name: "token", namespace: "peer" }), cluster: "nhn" },
    object("rbac.authorization.k8s.io/v1", "ClusterRole", { name: "system:reader" }),
    object("networking.istio.io/v1", "Gateway", { name: "g", namespace: "shop" }),
    object("gateway.networking.k8s.io/v1", "Gateway", { name: "g", namespace: "shop" }),
    {
      kind: "release",
      cluster: "ncloud",
      name: "logical",
      inputs: {
        compat: "true",
        name: "istiod",
        namespace: "istio-system",
        chart: "c",
        values: { b: 1, a: 2 },
      },
      secrets: [["values", "b"]],
    },
  ];

  it("has a file per object, by cluster, namespace, kind and name", () => {
    assert.deepEqual(
      [...manifests(recordings).keys()],
      [
        "ncloud/_cluster/clusterrole-system_reader.yaml",
        "ncloud/_cluster/namespace-shop.yaml",
        "ncloud/_cluster/namespacepatch-istio-system.yaml",
        "ncloud/istio-system/helmrelease-istiod.yaml",
        "ncloud/shop/deployment-web.yaml",
        "ncloud/shop/gateway.gateway.networking.k8s.io-g.yaml",
        "ncloud/shop/gateway.networking.istio.io-g.yaml",
        "nhn/peer/secret-token.yaml",
      ],
    );
  });

  it("writes keys in a fixed order, the lists as they are", () => {
    const files = manifests(recordings);
    assert.equal(
      files.get("ncloud/shop/deployment-web.yaml"),
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  a:\n    - 2\n    - 1\n  b: 1\n",
    );
    assert.equal(
      files.get("ncloud/istio-system/helmrelease-istiod.yaml"),
      'name: istiod\nnamespace: istio-system\nchart: c\noptions: {}\nvalues:\n  a: 2\n  b: "[secret]"\n',
    );
  });

  it("is the same whatever the order in which resources register", () => {
    const expected = JSON.stringify([...manifests(recordings)]);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...recordings], { minLength: recordings.length }),
        (shuffled) => {
          assert.equal(JSON.stringify([...manifests(shuffled)]), expected);
        },
      ),
    );
  });

  it("refuses two resources that would be one file", () => {
    assert.throws(() => manifests([recordings[0] as Recording, recordings[0] as Recording]), {
      message:
        "two resources would be written to ncloud/_cluster/namespace.core-shop.yaml: give each its own name",
    });
  });
});
