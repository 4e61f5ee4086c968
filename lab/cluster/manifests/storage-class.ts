import type { V1StorageClass } from "@kubernetes/client-node";

export const STORAGE_CLASS = "lab-local";

/** Clusters whose cloud marks no StorageClass as the default: NHN's NKS leaves that to the user. */
const WITHOUT_DEFAULT: ReadonlySet<string> = new Set(["nhn"]);

/** A StorageClass for volumes made by hand; `kubectl annotate` can make it the default where it isn't. */
export function storageClass(cluster: string): V1StorageClass {
  const isDefault = String(!WITHOUT_DEFAULT.has(cluster));
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: {
      name: STORAGE_CLASS,
      annotations: { "storageclass.kubernetes.io/is-default-class": isDefault },
    },
    provisioner: "kubernetes.io/no-provisioner",
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
  };
}
