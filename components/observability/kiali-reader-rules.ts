/** One rule of a ClusterRole. */
interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const READ = ["get", "list", "watch"] as const;

/**
 * What Kiali reads of a cluster (templates/role-viewer.yaml of its chart), without what would let it
 * do more than look: no logs, no port-forward, no token reviews, and no Secrets.
 */
export const KIALI_READER_RULES: readonly Rule[] = [
  {
    apiGroups: [""],
    resources: ["configmaps", "namespaces", "pods", "replicationcontrollers", "services"],
    verbs: READ,
  },
  {
    apiGroups: ["apps"],
    resources: ["daemonsets", "deployments", "replicasets", "statefulsets"],
    verbs: READ,
  },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: READ },
  {
    apiGroups: [
      "networking.istio.io",
      "security.istio.io",
      "extensions.istio.io",
      "telemetry.istio.io",
      "gateway.networking.k8s.io",
    ],
    resources: ["*"],
    verbs: READ,
  },
  {
    apiGroups: ["admissionregistration.k8s.io"],
    resources: ["mutatingwebhookconfigurations"],
    verbs: ["list"],
  },
];
