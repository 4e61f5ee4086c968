import { OBSERVABILITY } from "../../components/observability/constants";
import type { KubeClient } from "../../kube/client";
import { isReady, type PodItem } from "../topology/proxies";
import type { ClusterApi } from "../preflight/cluster-api";
import { PrometheusApi, type Alert, type Target } from "./prometheus";

/** What a cluster's Prometheus says of itself. */
export interface Metrics {
  /** Pod that was asked; nothing where none is ready, and so nothing is known. */
  readonly pod: string | undefined;
  readonly targets: readonly Target[];
  readonly alerts: readonly Alert[];
}

const PODS = `/api/v1/namespaces/${OBSERVABILITY.namespace}/pods?labelSelector=${encodeURIComponent(`app.kubernetes.io/name=${OBSERVABILITY.prometheus}`)}`;

/** @returns nothing where the cluster has no Prometheus of ours */
export async function readMetrics(
  api: ClusterApi,
  open: () => Promise<KubeClient>,
  signal: AbortSignal,
): Promise<Metrics | undefined> {
  const pods = await api.list<PodItem>(PODS);
  const pod = pods.find(isReady)?.metadata.name;
  if (pod === undefined) {
    return pods.length === 0 ? undefined : { pod, targets: [], alerts: [] };
  }
  const prometheus = new PrometheusApi(await open(), pod, signal);
  const [targets, alerts] = await Promise.all([prometheus.targets(), prometheus.alerts()]);
  return { pod, targets, alerts };
}
