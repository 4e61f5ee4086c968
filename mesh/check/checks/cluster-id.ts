import { enumerate, unique } from "../../preflight/text";
import { clusterCheck, ok, type Verdict } from "../check";
import type { Facts, Proxy, Watched, Workload } from "../facts";

/** Label by which a namespace or pod can name its cluster. */
export const CLUSTER_LABEL = "topology.istio.io/cluster";

export const clusterId = clusterCheck({
  name: "cluster-id",
  column: "istiod",
  severity: "error",
  what: "Whether the cluster's ID is the same everywhere: istiod's CLUSTER_ID, what it calls itself, its proxies, and the system namespace's label",
  why: "Peers know the cluster by its ID. Where they differ, its endpoints are found twice or not at all, and rules per cluster match nothing.",
  fix: "npm run mesh -- up sets istiod's; kubectl rollout restart of the pods' Deployments then sets the proxies'.",
  link: "https://istio.io/latest/docs/ops/configuration/traffic-management/multicluster/",
  needs: ["istiods"],
  wants: ["watched", "proxies", "systemNamespace"],
  judge: (facts, { cluster }) => judgeClusterId(facts, cluster.id),
});

type ClusterIdFacts = { readonly istiods: readonly Workload[] } & {
  readonly [K in "watched" | "proxies" | "systemNamespace"]?: Facts[K] | undefined;
};

export function judgeClusterId(
  { istiods, watched = [], proxies = [], systemNamespace }: ClusterIdFacts,
  id: string,
): Verdict[] {
  const places = [
    ...istiods.flatMap(({ name, env }) => named(`${name} (CLUSTER_ID)`, env["CLUSTER_ID"])),
    ...watched.flatMap((view) => named(view.istiod, ownId(view))),
    ...named(`the label ${CLUSTER_LABEL} of istio-system`, systemNamespace?.labels[CLUSTER_LABEL]),
  ].filter(({ calls }) => calls !== id);
  const strangers = proxies.filter(({ clusterId: calls }) => calls !== id);
  // What one Deployment says, its pods say too: that is one fault, told once.
  const verdicts: Verdict[] = unique(places.map(({ calls }) => calls)).map((calls) => {
    const wheres = places.filter((place) => place.calls === calls).map(({ where }) => where);
    return {
      severity: "error",
      what: `${enumerate(wheres)} ${verb(wheres.length)} the cluster ${calls}, not ${id}.`,
    };
  });
  if (strangers.length > 0) {
    verdicts.push({ severity: "error", what: describe(strangers, id) });
  }
  return verdicts.length > 0 ? verdicts : [ok(`Everything here calls the cluster ${id}.`)];
}

const named = (
  where: string,
  calls: string | undefined,
): { readonly where: string; readonly calls: string }[] =>
  calls === undefined ? [] : [{ where, calls }];

/** The cluster that an istiod runs in is the one that it needs no secret for. */
const ownId = ({ clusters }: Watched): string | undefined =>
  clusters.find(({ secretName }) => secretName === "")?.id;

const describe = (proxies: readonly Proxy[], id: string): string =>
  `${proxies.length === 1 ? "Proxy" : "Proxies"} ${enumerate(
    proxies.map(({ name }) => name),
    4,
  )} ${verb(proxies.length)} the cluster ${enumerate(unique(proxies.map((proxy) => proxy.clusterId)))}, not ${id}.`;

const verb = (subjects: number): string => (subjects === 1 ? "calls" : "call");
