import type { KubernetesObject } from "@kubernetes/client-node";
import { clientFor } from "../../kube/client";
import { adminKubeconfig } from "../../lab/paths";

/** Kinds of which a cluster without a mesh has none of ours. */
const CLUSTER_WIDE = [
  { apiVersion: "v1", kind: "Namespace" },
  { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
  { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration" },
  { apiVersion: "admissionregistration.k8s.io/v1", kind: "MutatingWebhookConfiguration" },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding" },
  { apiVersion: "storage.k8s.io/v1", kind: "StorageClass" },
  { apiVersion: "v1", kind: "ConfigMap" },
  { apiVersion: "v1", kind: "Secret" },
  { apiVersion: "v1", kind: "Service" },
] as const;

/**
 * Everything of those kinds that a cluster has, as `Kind namespace/name`: compared with what it had
 * before the mesh came, it tells what the mesh has left behind.
 */
export async function inventory(cluster: string): Promise<string[]> {
  const { objects } = await clientFor(adminKubeconfig(cluster));
  const lists = await Promise.all(
    CLUSTER_WIDE.map(async ({ apiVersion, kind }) => {
      const { items } = await objects.list<KubernetesObject>(apiVersion, kind);
      return items.map(
        ({ metadata }) => `${kind} ${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`,
      );
    }),
  );
  return lists.flat().sort();
}
