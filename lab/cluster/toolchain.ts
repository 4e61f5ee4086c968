/**
 * Everything the clusters are made of: absolute paths of binaries, and image archives.
 *
 * Who builds or fetches them is no concern of this folder.
 */
export interface Toolchain {
  readonly binaries: Readonly<Record<BinaryName, string>>;
  /** Folder with the CNI plugins `ptp`, `host-local`, `portmap` and `loopback`. */
  readonly cniPlugins: string;
  /**
   * Environment of processes that need unpacked tools (`PATH`, `LD_LIBRARY_PATH`, `XTABLES_LIBDIR`).
   * `PATH` holds `iptables`, `iptables-restore`, `conntrack`, `containerd-shim-runc-v2`, and the system's folders.
   */
  readonly env: Readonly<Record<string, string>>;
  /** Every image a pod of the lab may name: there is no registry to pull from. */
  readonly images: readonly ImageArchive[];
}

export const BINARY_NAMES = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubelet",
  "kube-proxy",
  "etcd",
  "containerd",
  "ctr",
  "runc",
] as const;

export type BinaryName = (typeof BINARY_NAMES)[number];

export interface ImageArchive {
  /** Full reference, e.g. `registry.k8s.io/pause:3.10`. */
  readonly name: string;
  /** Path of a docker-archive tar that holds this one image. */
  readonly archive: string;
}

/** The images the clusters themselves run; {@link Toolchain.images} has to hold them. */
export const PAUSE_IMAGE = "registry.k8s.io/pause:3.10";
export const COREDNS_IMAGE = "registry.k8s.io/coredns/coredns:v1.12.2";
