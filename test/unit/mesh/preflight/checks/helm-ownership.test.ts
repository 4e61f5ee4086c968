import assert from "node:assert/strict";
import {
  judgeOwnership,
  type OwnedObject,
} from "../../../../../mesh/preflight/checks/helm-ownership";
import { said } from "../../../../support/preflight";

const object = (what: string, release: string, owner?: string): OwnedObject => ({
  what,
  release,
  metadata: {
    name: what,
    ...(owner && {
      labels: { "app.kubernetes.io/managed-by": "Helm" },
      annotations: {
        "meta.helm.sh/release-name": owner,
        "meta.helm.sh/release-namespace": "istio-system",
      },
    }),
    managedFields: [{ manager: "istioctl" }],
  },
});

describe("preflight: helm-ownership", () => {
  it("finds nothing on an empty cluster, and nothing wrong with what is ours", () => {
    assert.deepEqual(said(judgeOwnership([])), ["ok: Nothing of Istio's charts is here yet."]);
    assert.deepEqual(said(judgeOwnership([object("CRD a", "istio-base", "istio-base")])), [
      "ok: What is here of Istio's charts (1 object) is ours.",
    ]);
  });

  it("names what Helm would refuse to take over, by owner", () => {
    assert.deepEqual(
      said(
        judgeOwnership([
          object("CRD a", "istio-base"),
          object("CRD b", "istio-base"),
          object("ClusterRole c", "istiod", "istio"),
          object("Service d", "istiod", "istiod"),
        ]),
      ),
      [
        "error: Objects that Istio's charts create are there already, 2 made by istioctl: CRD a and CRD b.",
        "error: Objects that Istio's charts create are there already, 1 made by Helm release istio-system/istio: ClusterRole c.",
      ],
    );
  });
});
