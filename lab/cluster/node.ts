import { mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { clientFor } from "../../kube/client";
import { containersSaidToRun, isNodeReady } from "../kube";
import type { LabCluster } from "../topology";
import { ensureClusterCgroups } from "./cgroups";
import { processOf, type Component } from "./control-plane";
import { kubeconfigFile } from "./credentials";
import { writePrivate } from "./files";
import { ctr } from "./images";
import { clusterFiles } from "./layout";
import {
  cniConfig,
  containerdConfig,
  keepChained,
  kubeletConfig,
  kubeProxyConfig,
  resolvConf,
} from "./node-config";
import { ensureRunning, runningProcess, waitWhileRunning } from "./process";
import type { Toolchain } from "./toolchain";

export function containerd(cluster: LabCluster): Component {
  const config = configFile(cluster, "containerd.toml");
  return { binary: "containerd", flags: { config, "log-level": "warn" }, inputs: [config] };
}

export function kubelet(cluster: LabCluster): Component {
  const files = clusterFiles(cluster.name);
  const config = configFile(cluster, "kubelet.json");
  const kubeconfig = kubeconfigFile(cluster.name, "kubelet");
  return {
    binary: "kubelet",
    flags: {
      config,
      kubeconfig,
      "hostname-override": cluster.nodeName,
      "node-ip": cluster.nodeIp,
      // As a cloud's controller would set them: Istio reads its localities from these.
      "node-labels": [
        `topology.kubernetes.io/region=${cluster.name}`,
        `topology.kubernetes.io/zone=${cluster.name}-1`,
      ].join(","),
      "root-dir": files.kubelet,
    },
    inputs: [config, kubeconfig, join(files.pki, "kubelet-server.crt")],
  };
}

export function kubeProxy(cluster: LabCluster): Component {
  const config = configFile(cluster, "kube-proxy.json");
  return {
    binary: "kube-proxy",
    flags: { config },
    inputs: [config, kubeconfigFile(cluster.name, "kube-proxy")],
  };
}

const configFile = (cluster: LabCluster, name: string): string =>
  join(clusterFiles(cluster.name).config, name);

/** Writes the configuration of everything on the node and starts containerd; returns when its socket answers. */
export async function upContainerd(
  cluster: LabCluster,
  toolchain: Toolchain,
  signal?: AbortSignal,
): Promise<void> {
  await writeConfigs(cluster, toolchain);
  await ensureClusterCgroups(cluster.name);
  const spec = processOf(cluster, containerd(cluster), toolchain);
  await ensureRunning(spec);
  await waitWhileRunning(
    `containerd of ${cluster.name}`,
    [spec],
    () => ctr(cluster, toolchain, ["version"]).then(() => true),
    { timeoutMs: 30_000, signal },
  );
}

async function writeConfigs(cluster: LabCluster, toolchain: Toolchain): Promise<void> {
  const files = clusterFiles(cluster.name);
  const json = (value: object): string => JSON.stringify(value, undefined, 2);
  const contents = {
    [configFile(cluster, "containerd.toml")]: containerdConfig(files, toolchain),
    [configFile(cluster, "kubelet.json")]: json(kubeletConfig(cluster, files)),
    [configFile(cluster, "kube-proxy.json")]: json(
      kubeProxyConfig(cluster, kubeconfigFile(cluster.name, "kube-proxy")),
    ),
    [configFile(cluster, "resolv.conf")]: resolvConf(cluster),
  };
  for (const [file, content] of Object.entries(contents)) {
    await writePrivate(file, content);
  }
  await linkCniPlugins(files.cniPlugins, toolchain.cniPlugins);
  await writeCniConfig(cluster);
}

/** istio-cni writes the file too, in its own style: it is left alone while it says what it should. */
async function writeCniConfig(cluster: LabCluster): Promise<void> {
  const files = clusterFiles(cluster.name);
  const file = join(files.cniConfig, "10-mesh-lab.conflist");
  const present = await readFile(file, "utf8").catch(() => undefined);
  const config = keepChained(cniConfig(cluster, files), present);
  if (present === undefined || !isDeepStrictEqual(JSON.parse(present), config)) {
    await writePrivate(file, JSON.stringify(config, undefined, 2));
  }
}

/** Makes the plug-ins of `source` those of the cluster, besides what others installed there. */
async function linkCniPlugins(folder: string, source: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const plugin of await readdir(source)) {
    const link = join(folder, plugin);
    await rm(link, { force: true });
    await symlink(join(source, plugin), link);
  }
}

/** Starts kubelet and kube-proxy on top of a running containerd and API server; returns when the node is Ready and up to date. */
export async function upNode(
  cluster: LabCluster,
  toolchain: Toolchain,
  signal?: AbortSignal,
): Promise<void> {
  const specs = [kubelet, kubeProxy].map((component) =>
    processOf(cluster, component(cluster), toolchain),
  );
  for (const spec of specs) {
    await ensureRunning(spec);
  }
  const client = await clientFor(clusterFiles(cluster.name).adminKubeconfig);
  const started = await runningProcess(cluster.name, "kubelet");
  // Kubernetes tells times in whole seconds.
  const since = new Date(Math.floor(Date.parse(started?.startedAt ?? "") / 1000) * 1000);
  await waitWhileRunning(
    `the node ${cluster.nodeName} to be Ready`,
    specs,
    () => isNodeReady(client, cluster.nodeName, since),
    { timeoutMs: 120_000, signal },
  );
  await waitWhileRunning(
    `the kubelet of ${cluster.name} to see which of its pods still run`,
    specs,
    async () => {
      const tasks = parseTasks(await ctr(cluster, toolchain, ["tasks", "list"]));
      return vanishedContainers(await containersSaidToRun(client), tasks).length === 0;
    },
    { timeoutMs: 60_000, signal },
  );
}

/** Ids of the running containers in what `ctr tasks list` prints: `TASK PID STATUS`. */
export function parseTasks(text: string): Set<string> {
  return new Set(
    text
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , status]) => status === "RUNNING")
      .map(([id = ""]) => id),
  );
}

/**
 * Containers that the API server believes to run and that don't: after a crash it takes the kubelet a moment to see.
 *
 * @param saidToRun as in a pod's status: `containerd://<id>`
 */
export const vanishedContainers = (
  saidToRun: readonly string[],
  tasks: ReadonlySet<string>,
): string[] => saidToRun.filter((id) => !tasks.has(id.replace("containerd://", "")));
