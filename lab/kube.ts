import type { KubernetesObject, V1LoadBalancerIngress, V1Service } from "@kubernetes/client-node";
import type { KubeClient } from "../kube/client";

/** Owner of the fields that the lab itself sets on a cluster's objects. */
const FIELD_MANAGER = "mesh-lab";

/**
 * Creates or updates objects by server-side apply, in their order.
 *
 * Nothing changes, not even a resource version, where an object already is as described.
 */
export async function apply(
  { objects }: KubeClient,
  described: readonly KubernetesObject[],
): Promise<void> {
  const { PatchStrategy } = await import("@kubernetes/client-node");
  for (const object of described) {
    await objects.patch(
      object,
      undefined,
      undefined,
      FIELD_MANAGER,
      true,
      PatchStrategy.ServerSideApply,
    );
  }
}

/**
 * Whether a node's kubelet has said that it is ready.
 *
 * @param since what an earlier kubelet said before this time doesn't count
 */
export async function isNodeReady(
  { core }: KubeClient,
  name: string,
  since = new Date(0),
): Promise<boolean> {
  const { status } = await core.readNode({ name });
  return (status?.conditions ?? []).some(
    (condition) =>
      condition.type === "Ready" &&
      condition.status === "True" &&
      (condition.lastHeartbeatTime?.getTime() ?? 0) >= since.getTime(),
  );
}

/** Ids of the containers that run according to the status of their pods: `<runtime>://<id>`. */
export async function containersSaidToRun({ core }: KubeClient): Promise<string[]> {
  const { items } = await core.listPodForAllNamespaces();
  return items
    .flatMap(({ status }) => [
      ...(status?.initContainerStatuses ?? []),
      ...(status?.containerStatuses ?? []),
    ])
    .filter(({ state }) => state?.running !== undefined)
    .flatMap(({ containerID }) => containerID ?? []);
}

/** Whether as many pods of a Deployment as it asks for are available, all of its present form. */
export async function isDeploymentAvailable(
  { objects }: KubeClient,
  namespace: string,
  name: string,
): Promise<boolean> {
  const found = await objects.read<DeploymentLike>({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace, name },
  });
  const { observedGeneration, availableReplicas, updatedReplicas } = found.status ?? {};
  const wanted = found.spec?.replicas ?? 1;
  return (
    observedGeneration === found.metadata?.generation &&
    availableReplicas === wanted &&
    updatedReplicas === wanted
  );
}

/** The part of a Deployment that tells whether it is available. */
interface DeploymentLike extends KubernetesObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly availableReplicas?: number;
    readonly updatedReplicas?: number;
  };
}

/** Every Service of a cluster. */
export async function listServices({ core }: KubeClient): Promise<V1Service[]> {
  return (await core.listServiceForAllNamespaces()).items;
}

/** The API server ends a watch by itself after this long, so that one whose network is gone doesn't stay. */
const WATCH_SECONDS = 300;

/** Calls `onEvent` for every change of a Service until the API server ends the watch. */
export async function watchServices({ config }: KubeClient, onEvent: () => void): Promise<void> {
  const { Watch } = await import("@kubernetes/client-node");
  await new Promise<void>((resolve, reject) => {
    new Watch(config)
      .watch("/api/v1/services", { timeoutSeconds: WATCH_SECONDS }, onEvent, (error: unknown) =>
        error instanceof Error ? reject(error) : resolve(),
      )
      .catch(reject);
  });
}

/** Sets the addresses in a Service's status. */
export async function patchServiceIngress(
  { core }: KubeClient,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  ingress: V1LoadBalancerIngress[],
): Promise<void> {
  const { PatchStrategy, setHeaderOptions } = await import("@kubernetes/client-node");
  await core.patchNamespacedServiceStatus(
    { namespace, name, body: { status: { loadBalancer: { ingress } } } },
    setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
  );
}
