import { enumerate } from "../../preflight/text";
import { directionCheck, ok, type Verdict } from "../check";
import type { Watched } from "../facts";

export const peerSynced = directionCheck({
  name: "peer-synced",
  column: "traffic",
  severity: "error",
  what: "Whether every istiod says that it is in sync with the peer",
  why: "It doesn't know the peer's endpoints, or no longer learns of changes.",
  fix: "Make the peer's API server reachable from this cluster's pods; then kubectl -n istio-system rollout restart deployment/istiod: a cluster that never came into sync stays so until then.",
  link: "https://istio.io/latest/docs/ops/diagnostic-tools/multicluster/",
  follows: ["api-server", "cluster-id", "remote-secret", "remote-token"],
  needs: ["watched"],
  judge: ({ watched }, _self, { cluster }) => judgeSync(watched, cluster.id),
});

/** What the statuses of debug/clusterz mean (istio pkg/kube/multicluster/cluster.go). */
const MEANINGS: Readonly<Record<string, string>> = {
  syncing: "is still reading it",
  timeout: "gave up after 30 s (PILOT_REMOTE_CLUSTER_TIMEOUT)",
  closed: "has closed the connection",
};

export function judgeSync(watched: readonly Watched[], peer: string): Verdict[] {
  const states = watched.map(({ istiod, clusters }) => ({
    istiod,
    status: clusters.find(({ id }) => id === peer)?.syncStatus ?? "unknown",
  }));
  const behind = states.filter(({ status }) => status !== "synced");
  if (states.length === 0) {
    return [];
  }
  return behind.length === 0
    ? [ok(`${peer} is synced.`)]
    : [
        {
          severity: "error",
          what: `${enumerate(behind.map(({ istiod, status }) => `${istiod} ${MEANINGS[status] ?? "doesn't know it"} (${status})`))}.`,
        },
      ];
}
