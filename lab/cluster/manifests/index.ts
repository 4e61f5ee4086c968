import type { KubernetesObject } from "@kubernetes/client-node";
import type { LabCluster } from "../../topology";
import { dns } from "./dns";
import { rbac } from "./rbac";
import { storageClass } from "./storage-class";

export { DNS_DEPLOYMENT } from "./dns";

/** Everything a cluster holds before anything is deployed to it. */
export const manifests = (cluster: LabCluster): KubernetesObject[] => [
  ...rbac(),
  storageClass(cluster.name),
  ...dns(cluster),
];
