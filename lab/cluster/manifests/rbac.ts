import type {
  KubernetesObject,
  V1ClusterRole,
  V1ClusterRoleBinding,
} from "@kubernetes/client-node";
import { KUBELET_CLIENT_USER, LOAD_BALANCER_USER } from "../certificates";

const apiVersion = "rbac.authorization.k8s.io/v1";
const apiGroup = "rbac.authorization.k8s.io";

/** Rights of the identities that the lab adds to those Kubernetes knows by itself. */
export function rbac(): KubernetesObject[] {
  const loadBalancer: V1ClusterRole = {
    apiVersion,
    kind: "ClusterRole",
    metadata: { name: LOAD_BALANCER_USER },
    rules: [
      { apiGroups: [""], resources: ["services"], verbs: ["list", "watch"] },
      { apiGroups: [""], resources: ["services/status"], verbs: ["patch"] },
    ],
  };
  return [
    loadBalancer,
    bind(LOAD_BALANCER_USER, LOAD_BALANCER_USER),
    // Logs, exec and port-forward go through the API server to the kubelet.
    bind(KUBELET_CLIENT_USER, "system:kubelet-api-admin"),
  ];
}

function bind(user: string, role: string): V1ClusterRoleBinding {
  return {
    apiVersion,
    kind: "ClusterRoleBinding",
    metadata: { name: user },
    roleRef: { apiGroup, kind: "ClusterRole", name: role },
    subjects: [{ apiGroup, kind: "User", name: user }],
  };
}
