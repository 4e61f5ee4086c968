import assert from "node:assert/strict";
import { judgeGatewayApi } from "../../../../../mesh/preflight/checks/gateway-api";
import type { Metadata } from "../../../../../mesh/preflight/cluster-api";
import { said, viewOf } from "../../../../support/preflight";

const crd = (version: string, release?: string): Metadata => ({
  name: "gateways.gateway.networking.k8s.io",
  annotations: {
    "gateway.networking.k8s.io/bundle-version": version,
    ...(release && {
      "meta.helm.sh/release-name": release,
      "meta.helm.sh/release-namespace": "istio-system",
    }),
  },
  labels: release ? { "app.kubernetes.io/managed-by": "Helm" } : {},
  managedFields: [{ manager: "kubectl" }],
});

describe("preflight: gateway-api", () => {
  const cases: readonly (readonly ["install" | "existing", string, readonly Metadata[], string])[] =
    [
      ["install", "no CRDs", [], "ok: The Gateway API 1.6.0 is to be installed."],
      ["install", "ours", [crd("v1.6.0", "gateway-api")], "ok: The Gateway API v1.6.0 is ours."],
      [
        "install",
        "an older one of ours",
        [crd("v1.5.1", "gateway-api")],
        "ok: The Gateway API v1.5.1 is ours.",
      ],
      [
        "install",
        "a newer one of ours",
        [crd("v1.7.0", "gateway-api")],
        "warning: The Gateway API here is of v1.7.0, newer than the 1.6.0 that up installs for Istio 1.31.1.",
      ],
      [
        "install",
        "somebody else's",
        [crd("v1.6.0")],
        "error: The Gateway API's CRDs (v1.6.0) are there already, made by kubectl.",
      ],
      [
        "install",
        "another release's",
        [crd("v1.6.0", "envoy")],
        "error: The Gateway API's CRDs (v1.6.0) are there already, made by Helm release istio-system/envoy.",
      ],
      [
        "existing",
        "no CRDs",
        [],
        "warning: mesh:gatewayApi is existing, and the cluster has none of the Gateway API's CRDs.",
      ],
      [
        "existing",
        "older ones",
        [crd("v1.4.1")],
        "warning: The cluster's Gateway API is of v1.4.1; Istio 1.31.1 reads 1.6.0, and of older releases not every kind.",
      ],
      [
        "existing",
        "fitting ones",
        [crd("v1.6.1")],
        "ok: The cluster's Gateway API v1.6.1 is one that Istio 1.31.1 reads.",
      ],
    ];
  for (const [mode, what, crds, expected] of cases) {
    it(`${mode}: judges ${what}`, () =>
      assert.deepEqual(said(judgeGatewayApi(crds, viewOf("own", { gatewayApi: mode }))), [
        expected,
      ]));
  }
});
