import { join } from "node:path";
import type { LabCluster } from "../topology";
import { clusterCgroup } from "./cgroups";
import type { ClusterFiles } from "./layout";
import { PAUSE_IMAGE, type Toolchain } from "./toolchain";

/** containerd's configuration (version 2, TOML) with everything it writes below the cluster's folder. */
export function containerdConfig(
  files: ClusterFiles,
  { binaries }: Pick<Toolchain, "binaries">,
): string {
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  const runc = `${cri}.containerd.runtimes.runc`;
  return `version = 2
root = ${toml(join(files.containerd, "root"))}
state = ${toml(join(files.containerd, "state"))}
# "opt" would make /opt/containerd; the others are snapshotters for file systems that nothing here uses.
disabled_plugins = [
  "io.containerd.internal.v1.opt",
  "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs",
]

[grpc]
  address = ${toml(files.containerdSocket)}

[${cri}]
  sandbox_image = ${toml(PAUSE_IMAGE)}
  # A container can't ask for a better score than containerd has where the lab itself runs in a container.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true

  [${cri}.cni]
    bin_dir = ${toml(files.cniPlugins)}
    conf_dir = ${toml(files.cniConfig)}

  [${runc}]
    runtime_type = "io.containerd.runc.v2"
    [${runc}.options]
      BinaryName = ${toml(binaries.runc)}
      Root = ${toml(join(files.containerd, "runc"))}
      SystemdCgroup = false
`;
}

/** A TOML basic string escapes as JSON does. */
const toml = (value: string): string => JSON.stringify(value);

/** A CNI network configuration list. */
export interface CniConfig {
  readonly cniVersion: string;
  readonly name: string;
  readonly plugins: readonly { readonly type: string; readonly [setting: string]: unknown }[];
}

/**
 * The node's CNI configuration: a routed veth pair for each pod.
 *
 * A bridge would need the br_netfilter module for Services between pods of one node; routed pods don't.
 */
export function cniConfig(cluster: LabCluster, files: ClusterFiles): CniConfig {
  return {
    cniVersion: "1.0.0",
    name: cluster.netns,
    plugins: [
      {
        type: "ptp",
        ipam: {
          type: "host-local",
          dataDir: files.cniState,
          ranges: [[{ subnet: cluster.podCidr }]],
          routes: [{ dst: "0.0.0.0/0" }],
        },
      },
      { type: "portmap", capabilities: { portMappings: true } },
    ],
  };
}

/**
 * The configuration as it has to be written: with the plug-ins that others have chained to it since,
 * as istio-cni does.
 *
 * @param present text of the file, if there is one
 */
export function keepChained(own: CniConfig, present: string | undefined): CniConfig {
  const types = own.plugins.map(({ type }) => type);
  const chained = present === undefined ? [] : (JSON.parse(present) as CniConfig).plugins;
  return {
    ...own,
    plugins: [...own.plugins, ...chained.filter(({ type }) => !types.includes(type))],
  };
}

/** The kubelet's KubeletConfiguration (kubelet.config.k8s.io/v1beta1). */
export function kubeletConfig(cluster: LabCluster, files: ClusterFiles): object {
  return {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: join(files.pki, "ca.crt") },
    },
    authorization: { mode: "Webhook" },
    tlsCertFile: join(files.pki, "kubelet-server.crt"),
    tlsPrivateKeyFile: join(files.pki, "kubelet-server.key"),
    readOnlyPort: 0,
    containerRuntimeEndpoint: `unix://${files.containerdSocket}`,
    cgroupDriver: "cgroupfs",
    cgroupRoot: clusterCgroup(cluster.name),
    cgroupsPerQOS: true,
    // The host is no node: nothing is reserved for it, and its own cgroups stay untouched.
    enforceNodeAllocatable: [],
    // Many machines still have cgroup v1, which newer kubelets refuse unless told otherwise.
    failCgroupV1: false,
    failSwapOn: false,
    podLogsDir: files.podLogs,
    volumePluginDir: files.volumePlugins,
    clusterDomain: "cluster.local",
    clusterDNS: [cluster.dnsIp],
    resolvConf: join(files.config, "resolv.conf"),
    // There is no registry to pull a deleted image from again.
    imageGCHighThresholdPercent: 100,
    // The disk and memory are the host's: pods are evicted only when the host itself is about to fail.
    evictionHard: {
      "memory.available": "50Mi",
      "nodefs.available": "1%",
      "nodefs.inodesFree": "1%",
      "imagefs.available": "1%",
    },
  };
}

/**
 * What pods with `dnsPolicy: Default` and pods in the node's network get.
 *
 * The cluster's own DNS: there is no other, and CoreDNS forwards nothing.
 */
export const resolvConf = ({ dnsIp }: LabCluster): string => `nameserver ${dnsIp}\n`;

/** kube-proxy's KubeProxyConfiguration (kubeproxy.config.k8s.io/v1alpha1). */
export function kubeProxyConfig(cluster: LabCluster, kubeconfig: string): object {
  return {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    mode: "iptables",
    clientConnection: { kubeconfig },
    hostnameOverride: cluster.nodeName,
    bindAddress: cluster.nodeIp,
    // Not on the pods' gateway addresses.
    nodePortAddresses: ["primary"],
    healthzBindAddress: "127.0.0.1:10256",
    metricsBindAddress: "127.0.0.1:10249",
    clusterCIDR: cluster.podCidr,
    // Zero leaves them alone: these settings are the whole machine's and can't be written from a namespace.
    conntrack: {
      maxPerCore: 0,
      min: 0,
      tcpEstablishedTimeout: "0s",
      tcpCloseWaitTimeout: "0s",
    },
  };
}
