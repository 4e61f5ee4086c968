import type { KubernetesObject, V1Secret, V1Service } from "@kubernetes/client-node";
import { clientFor, type KubeClient } from "../../kube/client";
import { findPod } from "../../kube/pod-exec";
import { exec } from "../../lab/exec";
import { toolchain } from "../../lab/mesh";
import { adminKubeconfig } from "../../lab/paths";
import { labClusters } from "../../lab/topology";

/** Breaks one thing of the lab's mesh. @returns how to mend it again */
export type Fault = () => Promise<() => Promise<void>>;

export const SYSTEM = "istio-system";

export const clientOf = (cluster: string): Promise<KubeClient> =>
  clientFor(adminKubeconfig(cluster));

type Named = KubernetesObject & { metadata: { name: string; namespace?: string } };

/** Identifies an object. */
export const object = (
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string | undefined = SYSTEM,
): Named => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== "" && { namespace }) },
});

type Change = Readonly<Record<string, unknown>> & { readonly metadata?: object };

type Strategy = "merge" | "strategic";

/** Changes an object by a patch; its mending patches `back`. */
export const patched =
  (
    cluster: string,
    target: Named,
    change: Change,
    back: Change,
    strategy: Strategy = "merge",
  ): Fault =>
  async () => {
    await patch(cluster, target, change, strategy);
    return () => patch(cluster, target, back, strategy);
  };

async function patch(
  cluster: string,
  target: Named,
  change: Change,
  strategy: Strategy,
): Promise<void> {
  const { PatchStrategy } = await import("@kubernetes/client-node");
  const { objects } = await clientOf(cluster);
  await objects.patch(
    { ...target, ...change, metadata: { ...target.metadata, ...change.metadata } },
    undefined,
    undefined,
    "mesh-lab-test",
    undefined,
    strategy === "merge" ? PatchStrategy.MergePatch : PatchStrategy.StrategicMergePatch,
  );
}

export const scaled = (cluster: string, deployment: string, namespace = SYSTEM): Fault => {
  const target = object("apps/v1", "Deployment", deployment, namespace);
  return patched(cluster, target, { spec: { replicas: 0 } }, { spec: { replicas: 1 } });
};

/** Takes an object away, and puts it back as it was, or as `change` makes it meanwhile. */
export const removed =
  (cluster: string, target: Named, change?: (found: KubernetesObject) => KubernetesObject): Fault =>
  async () => {
    const { objects } = await clientOf(cluster);
    const found = fresh(await objects.read(target));
    await objects.delete(target);
    if (change !== undefined) {
      await objects.create(change(found));
    }
    return async () => {
      if (change !== undefined) {
        await objects.delete(target);
      }
      await objects.create(found);
    };
  };

/** An object as one would write it: without what its API server has added to it. */
function fresh(found: KubernetesObject): KubernetesObject {
  const { name, namespace, labels, annotations } = found.metadata ?? {};
  return {
    ...without(found, "status"),
    metadata: {
      ...(name && { name }),
      ...(namespace && { namespace }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
    },
  };
}

/** A Service that no load balancer takes care of: its class is nobody's. */
export function withoutLoadBalancer(found: KubernetesObject): KubernetesObject {
  const service = found as V1Service;
  const changed: V1Service = {
    ...service,
    spec: {
      ...without(service.spec ?? {}, "clusterIP", "clusterIPs"),
      loadBalancerClass: "example.com/nobody",
    },
  };
  return changed;
}

const without = <T extends object>(from: T, ...keys: readonly string[]): T =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key))) as T;

/** Replaces a Secret's data; the mending puts back what there was, and restarts istiod if asked to. */
export const secretChanged =
  (
    cluster: string,
    name: string,
    change: (data: Readonly<Record<string, string>>) => Record<string, string>,
    restart?: "to break" | "to mend" | "both",
  ): Fault =>
  async () => {
    const { core } = await clientOf(cluster);
    const { data = {} } = await core.readNamespacedSecret({ namespace: SYSTEM, name });
    const clear = mapValues(data, (text) => Buffer.from(text, "base64").toString("utf8"));
    await setSecret(cluster, name, change(clear));
    if (restart === "to break" || restart === "both") {
      await restartIstiod(cluster);
    }
    return async () => {
      await setSecret(cluster, name, clear);
      if (restart === "to mend" || restart === "both") {
        await restartIstiod(cluster);
      }
    };
  };

async function setSecret(
  cluster: string,
  name: string,
  clear: Readonly<Record<string, string>>,
): Promise<void> {
  const { core } = await clientOf(cluster);
  const found: V1Secret = await core.readNamespacedSecret({ namespace: SYSTEM, name });
  await core.replaceNamespacedSecret({
    namespace: SYSTEM,
    name,
    body: { ...found, data: mapValues(clear, (text) => Buffer.from(text).toString("base64")) },
  });
}

/** Deletes istiod's pod, and waits for the next one. */
export const restartIstiod = (cluster: string): Promise<void> =>
  restarted(cluster, SYSTEM, "app=istiod");

/** Deletes the pods with these labels, and waits for the next one. */
export async function restarted(
  cluster: string,
  namespace: string,
  labelSelector: string,
): Promise<void> {
  const client = await clientOf(cluster);
  const name = async (): Promise<string | undefined> =>
    (await findPod(client, namespace, labelSelector))?.metadata?.name;
  const old = await name();
  await client.core.deleteCollectionNamespacedPod({ namespace, labelSelector });
  for (let now = await name(); now === undefined || now === old; now = await name()) {
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Drops what a cluster's pods send to another's gateway. */
export const blocked =
  (cluster: string, peer: string): Fault =>
  async () => {
    const { core } = await clientOf(peer);
    const { status } = await core.readNamespacedService({
      namespace: SYSTEM,
      name: "istio-eastwestgateway",
    });
    const [entry] = status?.loadBalancer?.ingress ?? [];
    const address = entry?.ip ?? addressIn(entry?.hostname ?? "");
    const netns = labClusters(2).find(({ name }) => name === cluster)?.netns ?? "";
    const { env } = await toolchain();
    const rule = ["-d", address, "-p", "tcp", "--dport", "15443", "-j", "DROP"];
    const iptables = (...args: string[]): Promise<string> =>
      exec("nsenter", [`--net=/run/netns/${netns}`, "iptables", ...args, ...rule], { env });
    await iptables("-I", "FORWARD");
    return async () => void (await iptables("-D", "FORWARD"));
  };

/** `198-18-101-10.ncloud.lb.mesh-lab.test` ⇒ `198.18.101.10` */
const addressIn = (hostname: string): string => (hostname.split(".")[0] ?? "").replaceAll("-", ".");

/** Several at once, mended in reverse. */
export const both =
  (...faults: readonly Fault[]): Fault =>
  async () => {
    const mends: (() => Promise<void>)[] = [];
    for (const fault of faults) {
      mends.unshift(await fault());
    }
    return async () => {
      for (const mend of mends) {
        await mend();
      }
    };
  };

const mapValues = (
  record: Readonly<Record<string, string>>,
  map: (value: string) => string,
): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
