import { CLOUD_NAMES, CLOUDS, type CloudName } from "../../../config/clouds";
import { hostOf } from "../addresses";
import { clusterCheck, ok, type Verdict, type View } from "../check";
import { NODES, type NodeItem } from "../objects";

/** By what a cluster of a cloud gives itself away; a cloud without a row isn't recognised. */
const SIGNS: readonly {
  readonly cloud: CloudName;
  readonly says: (facts: CloudFacts) => string | undefined;
}[] = [
  {
    cloud: "ncloud",
    says: ({ server }) => (server.endsWith(".vnks.ntruss.com") ? server : undefined),
  },
  {
    cloud: "gke",
    says: ({ providerIds }) => providerIds.find((id) => id.startsWith("gce://")),
  },
  {
    cloud: "minikube",
    says: ({ labels }) => labels.find((label) => label === "minikube.k8s.io/name"),
  },
];

export const cloudProfile = clusterCheck({
  name: "cloud-profile",
  severity: "warning",
  what: "Whether the cloud that mesh:clusters names is the one that the cluster looks like",
  why: "The cloud's row decides the load balancers' annotations, storage, metrics and Cilium's settings: another's are ignored or do harm.",
  fix: "Correct the cluster's cloud in mesh:clusters; docs/clouds.md has the list.",
  link: "https://kubernetes.io/docs/concepts/architecture/cloud-controller/",
  async gather({ api, kubeconfig }): Promise<CloudFacts> {
    const nodes = await api.list<NodeItem>(NODES);
    return {
      server: hostOf(kubeconfig.server),
      providerIds: nodes.flatMap(({ spec }) => spec?.providerID ?? []),
      labels: nodes.flatMap(({ metadata }) => Object.keys(metadata.labels ?? {})),
    };
  },
  judge: judgeCloud,
});

export interface CloudFacts {
  /** Host of the API server. */
  readonly server: string;
  readonly providerIds: readonly string[];
  /** Names of the nodes' labels. */
  readonly labels: readonly string[];
}

export function judgeCloud(facts: CloudFacts, { cluster }: Pick<View, "cluster">): Verdict[] {
  const configured = CLOUD_NAMES.find((name) => CLOUDS[name] === cluster.cloud);
  const [seen] = SIGNS.flatMap(({ cloud, says }) => {
    const sign = says(facts);
    return sign === undefined ? [] : [{ cloud, sign }];
  });
  return seen !== undefined && seen.cloud !== configured
    ? [
        {
          severity: "warning",
          what: `mesh:clusters says cloud: ${configured}, the cluster looks like ${seen.cloud} (${seen.sign}).`,
        },
      ]
    : [ok(`Nothing speaks against cloud: ${configured}.`)];
}
