import type { ClusterConfig } from "../../../config/model";
import { enumerate } from "../../preflight/text";
import { clusterCheck, ok, type Verdict } from "../check";
import type { Pod } from "../facts";
import { troubleOf } from "../workloads";

const APP = "istio-cni-node";

export const istioCniReady = clusterCheck({
  name: "istio-cni-ready",
  column: "istiod",
  severity: "error",
  what: "Whether istio-cni's pods run, where mesh:istioCni has them installed",
  why: "Where it doesn't run, new pods of the mesh wait in istio-validation; those that run are not affected.",
  fix: "kubectl -n istio-system logs daemonset/istio-cni-node says why; on Cilium, cni-exclusive has to be false.",
  link: "https://istio.io/latest/docs/setup/additional-setup/cni/",
  needs: ["pods"],
  judge: ({ pods }, { config }) => judgeIstioCni(pods, config),
});

export function judgeIstioCni(
  pods: readonly Pod[],
  { istioCni }: Pick<ClusterConfig, "istioCni">,
): Verdict[] {
  if (istioCni !== "install") {
    return [];
  }
  const own = pods.filter(({ labels }) => labels["k8s-app"] === APP);
  if (own.length === 0) {
    return [
      {
        severity: "error",
        what: "There is no pod of istio-cni.",
        fix: "kubectl -n istio-system describe daemonset istio-cni-node; where there is none, npm run mesh -- up deploys it.",
      },
    ];
  }
  const troubles = own.flatMap(troubleOf);
  return troubles.length === 0
    ? [ok(`istio-cni runs on ${own.length} ${own.length === 1 ? "node" : "nodes"}.`)]
    : [
        {
          severity: troubles.length === own.length ? "error" : "warning",
          what: `istio-cni doesn't run on ${troubles.length} of ${own.length} ${own.length === 1 ? "node" : "nodes"}: ${enumerate(troubles)}.`,
        },
      ];
}
