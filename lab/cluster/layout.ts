import { join } from "node:path";
import { adminKubeconfig, clusterDir, paths } from "../paths";

/** Where one cluster keeps its files, all below `<run>/<cluster>`. */
export function clusterFiles(cluster: string) {
  const root = clusterDir(cluster);
  return {
    root,
    /** The {@link LabCluster} this folder was made for; its presence marks a folder as a cluster's. */
    description: join(root, "cluster.json"),
    pki: join(root, "pki"),
    kubeconfigs: join(root, "kubeconfigs"),
    adminKubeconfig: adminKubeconfig(cluster),
    config: join(root, "config"),
    etcd: join(root, "etcd"),
    containerd: join(root, "containerd"),
    containerdSocket: join(root, "containerd.sock"),
    cniConfig: join(root, "cni"),
    /** The cluster's own: istio-cni adds its plug-in here. */
    cniPlugins: join(root, "cni-plugins"),
    cniState: join(root, "cni-state"),
    kubelet: join(root, "kubelet"),
    podLogs: join(root, "pod-logs"),
    volumePlugins: join(root, "volume-plugins"),
  };
}

export type ClusterFiles = ReturnType<typeof clusterFiles>;

/** Files that belong to the lab as a whole. */
export const labFiles = {
  /** What each started process was started with: `<scope>/<component>.json`. */
  processes: join(paths.run, "processes"),
  /** One mount namespace per cluster, kept alive by a mount. */
  mountNamespaces: join(paths.run, "mount-namespaces"),
  /** What the load balancer last saw of the clusters' Services. */
  loadBalancerState: join(paths.run, "load-balancer.json"),
  /** Folders outside `run` that did not exist before the lab. */
  createdFolders: join(paths.run, "created-folders.json"),
} as const;

export const netnsFile = (netns: string): string => join(NETNS_DIR, netns);
/** Where iproute2 keeps named network namespaces. */
export const NETNS_DIR = "/run/netns";
export const mountNamespaceFile = (cluster: string): string =>
  join(labFiles.mountNamespaces, cluster);
