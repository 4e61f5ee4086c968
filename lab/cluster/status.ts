import { clientFor } from "../../kube/client";
import { isDeploymentAvailable, isNodeReady } from "../kube";
import type { LabCluster } from "../topology";
import { health } from "./control-plane";
import { clusterFiles } from "./layout";
import { existingClusters, LOAD_BALANCER_COMPONENT } from "./lifecycle";
import { DNS_DEPLOYMENT } from "./manifests";
import { LAB_SCOPE, runningProcess } from "./process";

export interface ComponentStatus {
  readonly component: string;
  readonly running: boolean;
  /** Whether it says that it can do its work; for those that nobody can ask, whether it runs. */
  readonly ready: boolean;
  readonly pid?: number;
  /** ISO 8601; absent when it doesn't run or is a pod. */
  readonly since?: string;
}

export interface ClusterStatus {
  readonly cluster: LabCluster;
  readonly components: readonly ComponentStatus[];
}

export interface LabStatus {
  /** In mesh order; empty when the lab is down. */
  readonly clusters: readonly ClusterStatus[];
  readonly loadBalancer: ComponentStatus;
}

/** What can be asked whether it is ready, and how; the rest is ready when it runs. */
const PROBES: Readonly<Record<string, (cluster: LabCluster) => Promise<boolean>>> = {
  etcd: async (cluster) => (await health(cluster, "/readyz/etcd")) === 200,
  "kube-apiserver": async (cluster) => (await health(cluster, "/readyz")) === 200,
  kubelet: async (cluster) => isNodeReady(await admin(cluster), cluster.nodeName),
};

/** Processes of a cluster in the order in which they depend on each other. */
const COMPONENTS = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "containerd",
  "kubelet",
  "kube-proxy",
] as const;

/** What of the lab runs and works, asked of the processes themselves. */
export async function status(): Promise<LabStatus> {
  const [clusters, loadBalancer] = await Promise.all([
    existingClusters().then((all) => Promise.all(all.map(clusterStatus))),
    componentStatus(LAB_SCOPE, LOAD_BALANCER_COMPONENT),
  ]);
  return { clusters, loadBalancer };
}

async function clusterStatus(cluster: LabCluster): Promise<ClusterStatus> {
  const processes = await Promise.all(
    COMPONENTS.map((component) =>
      componentStatus(cluster.name, component, () => PROBES[component]?.(cluster)),
    ),
  );
  const coredns = await answers(async () =>
    isDeploymentAvailable(await admin(cluster), DNS_DEPLOYMENT.namespace, DNS_DEPLOYMENT.name),
  );
  return {
    cluster,
    components: [...processes, { component: "coredns", running: coredns, ready: coredns }],
  };
}

async function componentStatus(
  scope: string,
  component: string,
  probe: () => Promise<boolean> | undefined = () => undefined,
): Promise<ComponentStatus> {
  const found = await runningProcess(scope, component);
  if (found === undefined) {
    return { component, running: false, ready: false };
  }
  const ready = await answers(async () => (await probe()) ?? true);
  return { component, running: true, ready, pid: found.pid, since: found.startedAt };
}

const answers = (probe: () => Promise<boolean>): Promise<boolean> => probe().catch(() => false);

const admin = (cluster: LabCluster) => clientFor(clusterFiles(cluster.name).adminKubeconfig);
