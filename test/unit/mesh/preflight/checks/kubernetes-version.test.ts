import assert from "node:assert/strict";
import { judgeKubernetes } from "../../../../../mesh/preflight/checks/kubernetes-version";
import { said, viewOf, type Raw } from "../../../../support/preflight";

const clusters = (kubernetesVersion: string): Raw => ({
  clusters: [{ name: "ncloud", kubernetesVersion }, { name: "nhn" }],
});

describe("preflight: kubernetes-version", () => {
  const cases: readonly (readonly [string, string, Raw, readonly string[]])[] = [
    [
      "a supported version",
      "v1.33.4",
      {},
      ["ok: Kubernetes v1.33.4, which Istio 1.31.1 supports."],
    ],
    [
      "a cloud's own version",
      "v1.36.2-gke.100",
      {},
      ["ok: Kubernetes v1.36.2-gke.100, which Istio 1.31.1 supports."],
    ],
    [
      "a version that is too old",
      "v1.29.9",
      {},
      ["error: The cluster runs Kubernetes v1.29.9; Istio 1.31.1 supports 1.32 to 1.36."],
    ],
    [
      "one that is too new, but allowed",
      "v1.40.0",
      { allowUnsupportedVersions: true },
      ["warning: The cluster runs Kubernetes v1.40.0; Istio 1.31.1 supports 1.32 to 1.36."],
    ],
    [
      "another minor than configured",
      "v1.34.1",
      clusters("1.33"),
      ["warning: The cluster runs Kubernetes v1.34.1, mesh:clusters says 1.33."],
    ],
    [
      "another patch than configured",
      "v1.33.4",
      clusters("1.33.1"),
      ["ok: Kubernetes v1.33.4, which Istio 1.31.1 supports."],
    ],
    [
      "no version",
      "unknown",
      {},
      ["error: The cluster runs Kubernetes unknown; Istio 1.31.1 supports 1.32 to 1.36."],
    ],
  ];
  for (const [what, live, over, expected] of cases) {
    it(`judges ${what}`, () =>
      assert.deepEqual(said(judgeKubernetes(live, viewOf("own", over))), expected));
  }
});
