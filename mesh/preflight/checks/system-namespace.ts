import { NETWORK_LABEL, SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { clusterCheck, ok, type LiveView, type Verdict, type View } from "../check";
import type { Item } from "../cluster-api";
import { isPulumis, ownerOf } from "../ownership";
import { enumerate } from "../text";

export const systemNamespace = clusterCheck({
  name: "system-namespace",
  severity: "error",
  what: "Whether istio-system is ours to make, or there to be labelled, as mesh:systemNamespace says; and what in it stands in the mesh's way: another network's label, quotas, network policies",
  why: "The first object of a stack is this namespace, and nearly all others go into it.",
  fix: "Set mesh:systemNamespace to the one that fits: create, or existing.",
  link: "https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/",
  gather: gatherNamespace,
  judge: judgeNamespace,
});

export interface NamespaceFacts {
  readonly namespace: Item | undefined;
  /** Names of ResourceQuotas and LimitRanges. */
  readonly quotas: readonly string[];
  readonly networkPolicies: readonly string[];
}

async function gatherNamespace({ api }: LiveView): Promise<NamespaceFacts> {
  const path = `/api/v1/namespaces/${SYSTEM_NAMESPACE}`;
  const names = async (list: string): Promise<string[]> =>
    (await api.metadata(list)).map(({ metadata }) => metadata.name);
  const [namespace, quotas, ranges, networkPolicies] = await Promise.all([
    api.read<Item>(path),
    names(`${path}/resourcequotas`),
    names(`${path}/limitranges`),
    names(`/apis/networking.k8s.io/v1/namespaces/${SYSTEM_NAMESPACE}/networkpolicies`),
  ]);
  return { namespace, quotas: [...quotas, ...ranges], networkPolicies };
}

type NamespaceView = Pick<View, "cluster"> & {
  readonly config: Pick<View["config"], "systemNamespace">;
};

export function judgeNamespace(
  { namespace, quotas, networkPolicies }: NamespaceFacts,
  { cluster, config }: NamespaceView,
): Verdict[] {
  if (namespace === undefined) {
    return [
      config.systemNamespace === "create"
        ? ok(`${SYSTEM_NAMESPACE} is free.`)
        : {
            severity: "error",
            what: `mesh:systemNamespace is existing, and there is no ${SYSTEM_NAMESPACE}.`,
            fix: "Make the namespace, or set mesh:systemNamespace to create.",
          },
    ];
  }
  const { metadata } = namespace;
  if (metadata.deletionTimestamp !== undefined) {
    return [
      {
        severity: "error",
        what: `${SYSTEM_NAMESPACE} has been terminating since ${metadata.deletionTimestamp}.`,
        why: "Nothing can be created in it until it is gone.",
        fix: `kubectl get namespace ${SYSTEM_NAMESPACE} -o yaml says in status.conditions what holds it up.`,
        link: "https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/",
      },
    ];
  }
  const verdicts: Verdict[] = [];
  if (config.systemNamespace === "create" && !isPulumis(metadata)) {
    verdicts.push({
      severity: "error",
      what: `${SYSTEM_NAMESPACE} is there already, made by ${ownerOf(metadata)}.`,
      fix: "Set mesh:systemNamespace to existing, or delete the namespace.",
    });
  }
  const network = metadata.labels?.[NETWORK_LABEL];
  if (network !== undefined && network !== cluster.network) {
    verdicts.push({
      severity: "warning",
      what: `${SYSTEM_NAMESPACE} is labelled as network ${network}, mesh:clusters says ${cluster.network}.`,
      why: "The label decides which endpoints are reached directly; while it changes, calls between clusters fail.",
      fix: `Set network: ${network} for ${cluster.id} in mesh:clusters, or change it when nobody calls.`,
    });
  }
  if (networkPolicies.length > 0) {
    verdicts.push({
      severity: "warning",
      what: `NetworkPolicies in ${SYSTEM_NAMESPACE}: ${enumerate(networkPolicies)}.`,
      why: "They have to let through 15012 from all pods, 15017 from the API server and 15443 from everywhere.",
      fix: "Look whether they do.",
      link: "https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio",
    });
  }
  if (quotas.length > 0) {
    verdicts.push({
      severity: "info",
      what: `${enumerate(quotas)} ${quotas.length === 1 ? "limits" : "limit"} what may run in ${SYSTEM_NAMESPACE}.`,
    });
  }
  return verdicts.some(({ severity }) => severity !== "info")
    ? verdicts
    : [...verdicts, ok(`${SYSTEM_NAMESPACE} is there, and ours to use.`)];
}
