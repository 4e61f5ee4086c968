import type { KubernetesObject } from "@kubernetes/client-node";
import { READER_VERBS, type ReaderRule } from "../../components/istio/reader-rules";
import { remoteKubeconfig } from "../../config/kubeconfig";
import { clientFor, type KubeClient } from "../../kube/client";
import { apply } from "../../lab/kube";
import { adminKubeconfig } from "../../lab/paths";
import { findPod } from "../../kube/pod-exec";
import { labClusters } from "../../lab/topology";
import { watchedClusters } from "../../mesh/check/gather/istiod";

const NAMESPACE = "reader-rules-test";
const ALL = "complete";
/** istiod gives up after PILOT_REMOTE_CLUSTER_TIMEOUT, 30 s. */
const GIVE_UP_MS = 90_000;

interface Outcome {
  /** What istiod says of a reader with every rule. */
  readonly complete: string;
  /** Rules without which a reader was in sync all the same. */
  readonly withoutOne: string[];
}

/**
 * Gives `consumer` one remote secret per rule, each for a reader on `peer` that lacks this one, and
 * one for a reader that has them all; waits until istiod has made up its mind about each.
 */
export async function readersThatSync(
  consumer: string,
  peer: string,
  rules: readonly ReaderRule[],
): Promise<Outcome> {
  const [here, there] = await Promise.all(
    [consumer, peer].map((cluster) => clientFor(adminKubeconfig(cluster))),
  );
  if (here === undefined || there === undefined) {
    throw new Error("two clusters are needed");
  }
  const ids = [ALL, ...rules.map(({ id }) => id)];
  try {
    await apply(there, [
      { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } },
      ...ids.flatMap((id) => reader(id, rules)),
    ]);
    for (const id of ids) {
      await apply(here, [await remoteSecret(id, there, peer)]);
    }
    const statuses = await settled(here, ids);
    return {
      complete: statuses.get(ALL) ?? "unknown",
      withoutOne: rules.map(({ id }) => id).filter((id) => statuses.get(id) === "synced"),
    };
  } finally {
    await cleanUp(here, there, ids);
  }
}

/** A reader without the rule `id`; with all of them for {@link ALL}. */
function reader(id: string, rules: readonly ReaderRule[]): KubernetesObject[] {
  const name = `reader-without-${id}`;
  const metadata = { name, namespace: NAMESPACE };
  const objects = [
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name },
      rules: rules
        .filter((rule) => rule.id !== id)
        .map(({ apiGroups, resources, resourceNames }) => ({
          apiGroups,
          resources,
          resourceNames,
          verbs: READER_VERBS,
        })),
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", ...metadata }],
    },
    {
      apiVersion: "v1",
      kind: "Secret",
      type: "kubernetes.io/service-account-token",
      metadata: { ...metadata, annotations: { "kubernetes.io/service-account.name": name } },
    },
  ];
  return objects;
}

async function remoteSecret(
  id: string,
  there: KubeClient,
  peer: string,
): Promise<KubernetesObject> {
  const data = await tokenOf(id, there);
  const cluster = labClusters(2).find(({ name }) => name === peer);
  const clusterId = `probe-${id}`;
  const object = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: `istio-remote-secret-${clusterId}`,
      namespace: "istio-system",
      labels: { "istio/multiCluster": "true" },
    },
    stringData: {
      [clusterId]: remoteKubeconfig({
        clusterId,
        server: cluster?.apiServer ?? "",
        caData: data["ca.crt"] ?? "",
        token: Buffer.from(data["token"] ?? "", "base64").toString(),
      }),
    },
  };
  return object;
}

async function tokenOf(id: string, { core }: KubeClient): Promise<Record<string, string>> {
  for (;;) {
    const { data } = await core.readNamespacedSecret({
      namespace: NAMESPACE,
      name: `reader-without-${id}`,
    });
    if (data?.["token"] !== undefined) {
      return data;
    }
    await pause(200);
  }
}

/** What istiod says of each reader once it is in sync with it or has given up. */
async function settled(here: KubeClient, ids: readonly string[]): Promise<Map<string, string>> {
  const deadline = Date.now() + GIVE_UP_MS;
  for (;;) {
    const pod = await findPod(here, "istio-system", "app=istiod");
    const peers = await watchedClusters(
      here,
      pod?.metadata?.name ?? "",
      AbortSignal.timeout(GIVE_UP_MS),
    );
    const statuses = new Map(
      ids.map((id) => [
        id,
        peers.find((peer) => peer.id === `probe-${id}`)?.syncStatus ?? "unknown",
      ]),
    );
    const undecided = [...statuses.values()].some((status) =>
      ["unknown", "syncing"].includes(status),
    );
    if (!undecided || Date.now() > deadline) {
      return statuses;
    }
    await pause(1000);
  }
}

async function cleanUp(here: KubeClient, there: KubeClient, ids: readonly string[]): Promise<void> {
  const gone = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);
  for (const id of ids) {
    await gone(
      here.core.deleteNamespacedSecret({
        namespace: "istio-system",
        name: `istio-remote-secret-probe-${id}`,
      }),
    );
    for (const kind of ["ClusterRole", "ClusterRoleBinding"]) {
      await gone(
        there.objects.delete({
          apiVersion: "rbac.authorization.k8s.io/v1",
          kind,
          metadata: { name: `reader-without-${id}` },
        }),
      );
    }
  }
  await gone(there.core.deleteNamespace({ name: NAMESPACE }));
  await restartIstiod(here);
}

/**
 * istiod 1.31 keeps a cluster that never came into sync when its secret is deleted, and with it
 * the endpoints that it had read: only a new istiod forgets them.
 */
async function restartIstiod(here: KubeClient): Promise<void> {
  const name = async () => (await findPod(here, "istio-system", "app=istiod"))?.metadata?.name;
  const old = await name();
  await here.core.deleteCollectionNamespacedPod({
    namespace: "istio-system",
    labelSelector: "app=istiod",
  });
  for (let now = await name(); now === undefined || now === old; now = await name()) {
    await pause(500);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
