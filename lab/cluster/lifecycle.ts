import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { exec } from "../exec";
import { clientFor } from "../../kube/client";
import { apply, isDeploymentAvailable } from "../kube";
import { paths } from "../paths";
import { FABRIC, type LabCluster } from "../topology";
import { upControlPlane } from "./control-plane";
import { hasCredentials, writeCredentials } from "./credentials";
import { clusterFiles } from "./layout";
import { importImages } from "./images";
import { inNamespaces } from "./namespaces";
import { DNS_DEPLOYMENT, manifests } from "./manifests";
import { ensureNetwork } from "./network";
import { upContainerd, upNode } from "./node";
import {
  ensureRunning,
  hasStaleNamespaces,
  killScope,
  LAB_SCOPE,
  type ProcessSpec,
} from "./process";
import { downCluster } from "./teardown";
import type { Toolchain } from "./toolchain";
import { waitFor } from "./wait";

/** The parts of bringing up a cluster, in the order in which they usually end. */
export const CLUSTER_STEPS = ["images", "control plane", "node", "DNS"] as const;
export type ClusterStep = (typeof CLUSTER_STEPS)[number];

/** Something that happened while a cluster was brought up; steps overlap. */
export interface ClusterEvent {
  readonly step: ClusterStep;
  readonly state: "started" | "working" | "done";
  /** What is being worked on, e.g. the name of an image. */
  readonly detail?: string;
}

/**
 * Makes the network of all `clusters`, and removes clusters of an earlier run that are no longer among them.
 *
 * @param progress called with the name of a cluster that is being removed
 */
export async function upNetwork(
  clusters: readonly LabCluster[],
  toolchain: Toolchain,
  progress: (removing: string) => void = () => undefined,
): Promise<void> {
  await mkdir(paths.run, { recursive: true, mode: 0o700 });
  const names = new Set(clusters.map(({ name }) => name));
  for (const cluster of await existingClusters()) {
    if (!names.has(cluster.name)) {
      progress(cluster.name);
      await downCluster(cluster);
    }
  }
  await ensureNetwork(clusters, toolchain);
}

/** Clusters that have a folder, running or not, in mesh order. */
export async function existingClusters(): Promise<LabCluster[]> {
  const names = await readdir(paths.run).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      try {
        const text = await readFile(clusterFiles(name).description, "utf8");
        return [JSON.parse(text) as LabCluster];
      } catch {
        return [];
      }
    }),
  );
  return found.flat().sort((a, b) => a.index - b.index);
}

/**
 * Brings up a cluster, or repairs what of it has stopped; changes nothing of what runs as it should.
 *
 * Needs {@link upNetwork}. Several clusters can be brought up at the same time.
 *
 * @returns whether the cluster is new: without anything that was deployed to an earlier one of its name
 */
export async function upCluster(
  cluster: LabCluster,
  toolchain: Toolchain,
  progress: (event: ClusterEvent) => void = () => undefined,
  signal?: AbortSignal,
): Promise<{ readonly isNew: boolean }> {
  const isNew = await prepare(cluster);
  // One part's failure ends the waiting of the others.
  const failed = new AbortController();
  const until = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  const step = async (name: ClusterStep, work: () => Promise<void>): Promise<void> => {
    progress({ step: name, state: "started" });
    await work();
    progress({ step: name, state: "done" });
  };
  const client = async () => clientFor(clusterFiles(cluster.name).adminKubeconfig);
  const images = step("images", async () => {
    await upContainerd(cluster, toolchain, until);
    const working = (detail: string): void =>
      progress({ step: "images", state: "working", detail });
    await importImages(cluster, toolchain, toolchain.images, working, until);
  });
  const controlPlane = step("control plane", async () => {
    await upControlPlane(cluster, toolchain, until);
    await apply(await client(), manifests(cluster));
  });
  try {
    await Promise.all([images, controlPlane]);
    await step("node", () => upNode(cluster, toolchain, until));
    await step("DNS", async () => {
      const { namespace, name } = DNS_DEPLOYMENT;
      const api = await client();
      const available = async (): Promise<boolean> =>
        (await isDeploymentAvailable(api, namespace, name)) && answersDns(cluster);
      await waitFor(`CoreDNS of ${cluster.name}`, available, { timeoutMs: 90_000, signal: until });
    });
  } catch (error) {
    failed.abort();
    await Promise.allSettled([images, controlPlane]);
    throw error;
  }
  return { isNew };
}

/** Whether the cluster's DNS answers on the node, asked the way a pod asks: through kube-proxy. */
async function answersDns({ netns, dnsIp }: LabCluster): Promise<boolean> {
  const script = `
    const resolver = new (require("node:dns").promises.Resolver)({ timeout: 1000, tries: 1 });
    resolver.setServers(["${dnsIp}"]);
    resolver.resolve4("kubernetes.default.svc.cluster.local").catch(() => process.exit(1));`;
  const [nsenter = "", ...args] = inNamespaces({ netns }, [process.execPath, "-e", script]);
  await exec(nsenter, args);
  return true;
}

/** Sees to the cluster's folder and credentials; ends what runs in namespaces that are no more. */
async function prepare(cluster: LabCluster): Promise<boolean> {
  const files = clusterFiles(cluster.name);
  const namespaces = { netns: cluster.netns, mounts: cluster.name };
  const hasKeys = await hasCredentials(cluster);
  // Its pods are in the old network too, where nobody reaches them.
  if (!hasKeys || (await hasStaleNamespaces(cluster.name, namespaces))) {
    await killScope(cluster.name);
  }
  if (!hasKeys) {
    // What is in etcd was issued by authorities that are gone.
    await rm(files.root, { recursive: true, force: true });
    await mkdir(files.root, { recursive: true, mode: 0o700 });
    await writeFile(files.description, JSON.stringify(cluster));
    await writeCredentials(cluster);
  }
  return !(await exists(join(files.etcd, "member")));
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Sees to the process that serves Services of type LoadBalancer in all `clusters`. */
export async function upLoadBalancer(
  clusters: readonly LabCluster[],
  toolchain: Toolchain,
): Promise<void> {
  await ensureRunning(loadBalancer(clusters, toolchain));
}

export const LOAD_BALANCER_COMPONENT = "load-balancer";

function loadBalancer(clusters: readonly LabCluster[], { env }: Toolchain): ProcessSpec {
  const main = join(__dirname, "load-balancer-main.ts");
  return {
    scope: LAB_SCOPE,
    component: LOAD_BALANCER_COMPONENT,
    command: [
      process.execPath,
      `--import=${pathToFileURL(require.resolve("tsx")).href}`,
      main,
      `--clusters=${clusters.length}`,
    ],
    namespaces: { netns: FABRIC.netns },
    env,
    inputs: [main, join(__dirname, "load-balancer.ts")],
  };
}
