import { clusterCheck, ok, type Verdict } from "../check";
import type { Pod } from "../facts";
import { troubleOf } from "../workloads";

export const echoReady = clusterCheck({
  name: "echo-ready",
  column: "traffic",
  severity: "error",
  what: "Whether the echo service runs, where it is deployed",
  why: "It is what traffic from cluster to cluster is tried with.",
  fix: "kubectl -n echo describe pod; where no pod is made at all: kubectl -n echo describe replicaset (injection needs istiod).",
  link: "https://istio.io/latest/docs/ops/common-problems/injection/",
  needs: ["echoPods"],
  judge: ({ echoPods }, { config }) => judgeEchoPods(echoPods, config.echoImage !== undefined),
});

export function judgeEchoPods(pods: readonly Pod[], isConfigured: boolean): Verdict[] {
  if (pods.length === 0) {
    return [
      isConfigured
        ? { severity: "error", what: "The echo service has no pod." }
        : {
            severity: "info",
            what: "The echo service isn't deployed: no request was sent.",
            fix: "mesh:echo true deploys it.",
          },
    ];
  }
  return pods.some(({ isReady }) => isReady)
    ? [ok("The echo service runs.")]
    : [
        {
          severity: "error",
          what: `The echo service has no ready pod: ${pods.flatMap(troubleOf).join(", ")}.`,
        },
      ];
}
