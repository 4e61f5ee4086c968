import type { Footprint } from "../../config/clouds";
import type { Cluster, ClusterConfig, HelmValues, IstioSource, Mesh } from "../../config/model";
import { mergeValues } from "../helm/merge-values";

/** What decides the values of the istiod chart. */
export interface IstiodValuesArgs {
  readonly mesh: Pick<Mesh, "id" | "trustDomain">;
  readonly cluster: Cluster;
  readonly istio: IstioSource;
  /** Name beside which others can run; the cluster's one and default control plane if absent. */
  readonly revision?: string;
  /** See `mesh:remoteCredentials`. */
  readonly remoteCredentials: "read" | "ignore";
  /** See `mesh:istioCni`. */
  readonly istioCni: ClusterConfig["istioCni"];
  /** Whether the cluster has metrics to scale by. */
  readonly autoscale: boolean;
  /** Further settings of the mesh, e.g. whom traces are sent to. */
  readonly meshConfig?: HelmValues | undefined;
}

const SIZES: Readonly<Record<Footprint, HelmValues>> = {
  standard: {
    autoscaleMin: 2,
    autoscaleMax: 5,
    replicaCount: 2,
    resources: {
      requests: { cpu: "500m", memory: "2Gi" },
      limits: { memory: "4Gi" },
    },
    pdb: { minAvailable: 1 },
  },
  small: {
    autoscaleMin: 1,
    autoscaleMax: 5,
    replicaCount: 1,
    resources: { requests: { cpu: "10m", memory: "100Mi" }, limits: { memory: "1Gi" } },
    pdb: {},
    global: {
      defaultPodDisruptionBudget: { enabled: false },
      proxy: { resources: { requests: { cpu: "10m", memory: "40Mi" } } },
    },
  },
};

/**
 * Helm values of the istiod chart for one primary of a multi-primary, multi-network mesh
 * (istio.io "Install Multi-Primary on different networks").
 */
export function istiodValues(args: IstiodValuesArgs): HelmValues {
  const { mesh, cluster, istio } = args;
  const values: HelmValues = {
    ...(args.revision !== undefined && { revision: args.revision }),
    global: {
      hub: istio.hub,
      tag: istio.tag,
      meshID: mesh.id,
      network: cluster.network,
      multiCluster: { clusterName: cluster.id },
    },
    meshConfig: {
      trustDomain: mesh.trustDomain,
      accessLogFile: "/dev/stdout",
      // Between clouds stand NAT gateways and load balancers that forget a silent connection after
      // minutes, without telling either end; proxies keep theirs open for an hour.
      tcpKeepalive: { time: "60s", interval: "15s", probes: 4 },
      defaultConfig: {
        // A name has to resolve where it is asked for, also when its Service exists in a peer only.
        proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" },
      },
      ...args.meshConfig,
    },
    seccompProfile: { type: "RuntimeDefault" },
    autoscaleEnabled: args.autoscale,
    ...(args.istioCni !== "none" && { cni: { enabled: true } }),
    ...(args.remoteCredentials === "ignore" && {
      env: { PILOT_ENABLE_REMOTE_CREDENTIALS_CONTROLLER: "false" },
    }),
  };
  return mergeValues(values, SIZES[cluster.cloud.footprint], istio.values.istiod);
}
