/** One rule of the reader's ClusterRole, and why istiod can't do without it. */
export interface ReaderRule {
  /** Tells the rules apart in tests and messages. */
  readonly id: string;
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly reason: string;
}

/** istiod watches; it changes nothing on a peer. */
export const READER_VERBS = ["get", "list", "watch"] as const;

/**
 * What a peer's istiod reads to route to a cluster. Without any one of them it never reports the
 * cluster as `synced`; the end-to-end suite takes each away in turn to prove it.
 *
 * Istio's own istio-reader-clusterrole is far wider: all of its own API groups, all ConfigMaps,
 * token and access reviews, writing ServiceExports (manifests/charts/istio-control/istio-discovery,
 * reader-clusterrole.yaml). The rules here follow pkg/kube/multicluster/cluster.go and
 * pilot/pkg/serviceregistry/kube/controller.
 */
export const READER_RULES: readonly ReaderRule[] = [
  {
    id: "namespaces",
    apiGroups: [""],
    resources: ["namespaces"],
    reason: "discovery selectors, and the network label of istio-system",
  },
  {
    id: "services",
    apiGroups: [""],
    resources: ["services"],
    reason: "what can be called, and the address of the east-west gateway",
  },
  {
    id: "endpointslices",
    apiGroups: ["discovery.k8s.io"],
    resources: ["endpointslices"],
    reason: "which pods stand behind a service",
  },
  {
    id: "pods",
    apiGroups: [""],
    resources: ["pods"],
    reason: "labels for subsets, identity, and whether a pod speaks mTLS",
  },
  {
    id: "nodes",
    apiGroups: [""],
    resources: ["nodes"],
    reason: "region and zone for locality load balancing",
  },
  {
    id: "gateways",
    apiGroups: ["gateway.networking.k8s.io"],
    resources: ["gateways"],
    reason: "east-west gateways declared through the Gateway API",
  },
  {
    id: "workloadentries",
    apiGroups: ["networking.istio.io"],
    resources: ["workloadentries"],
    reason: "machines outside Kubernetes that belong to a service",
  },
  {
    id: "customresourcedefinitions",
    apiGroups: ["apiextensions.k8s.io"],
    resources: ["customresourcedefinitions"],
    reason: "which of the optional kinds exist there",
  },
  {
    id: "mesh-config",
    apiGroups: [""],
    resources: ["configmaps"],
    resourceNames: ["istio"],
    reason: "the mesh's settings as the peer has them",
  },
  {
    id: "secrets",
    apiGroups: [""],
    resources: ["secrets"],
    reason:
      "istiod's remote credentials controller lists them; see mesh:remoteCredentials for when it can go",
  },
];

/** The rules for a way of treating remote credentials; `ignore` leaves out the Secrets. */
export const readerRules = (remoteCredentials: "read" | "ignore"): readonly ReaderRule[] =>
  READER_RULES.filter(({ id }) => id !== "secrets" || remoteCredentials === "read");
