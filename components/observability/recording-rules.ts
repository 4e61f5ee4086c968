import type { TheaterRoute } from "../../config/model";
import { hostOf } from "../theater/constants";
import { SYSTEM_NAMESPACE } from "../istio/constants";

/** One rule that records a series under a name (prometheus.io "Recording rules"). */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** What is recorded, by what it tells. Every series says its `cluster`. */
export const SERIES = {
  /** 1 while istiod follows `remote_cluster`, else 0. */
  peerSynced: "mesh:peer_synced",
  /** Seconds that the certificate at the end of the chain has left. */
  rootExpiry: "mesh:root_certificate_expiry_seconds",
  intermediateExpiry: "mesh:intermediate_certificate_expiry_seconds",
  /** Of the workload that has the least left. */
  workloadExpiry: "mesh:workload_certificate_expiry_seconds",
  /** Addresses of each load balancer of Istio's gateways; 0 for one that has none. */
  gatewayAddresses: "mesh:gateway_addresses",
  /** Per second, from `source_cluster` to `destination_cluster`, by `destination_service`. */
  requests: "mesh:requests:rate",
  /** Of these: answered with 5xx, or not at all. */
  errors: "mesh:errors:rate",
  /** By `le`; for quantiles. */
  durations: "mesh:request_duration_milliseconds_bucket:rate",
  /** Share of a service's requests that a cluster is to answer, as the stack says; 0 to 1. */
  configuredWeight: "mesh:weight:configured",
  /** And the share that it does answer. */
  measuredWeight: "mesh:weight:measured",
} as const;

const DIRECTION = "cluster, source_cluster, destination_cluster, destination_service";
/** Istio's response code of a request that no answer came to is 0. */
const FAILED = 'response_code=~"0|5.."';

/** Metrics of Istio by which dashboards and Kiali look at the whole mesh (istio.io "Istio Standard Metrics"). */
const WORKLOAD_METRICS = [
  "istio_requests_total",
  "istio_request_duration_milliseconds_bucket",
  "istio_request_duration_milliseconds_count",
  "istio_request_duration_milliseconds_sum",
  "istio_tcp_sent_bytes_total",
  "istio_tcp_received_bytes_total",
  "istio_tcp_connections_opened_total",
  "istio_tcp_connections_closed_total",
] as const;

/** A rate needs four collections, so that one that is late doesn't matter. */
const windowOf = (scrapeSeconds: number): string => `${Math.max(60, 4 * scrapeSeconds)}s`;

export interface RecordingRulesArgs {
  /** ID of the cluster whose series are added up. */
  readonly cluster: string;
  readonly scrapeSeconds: number;
  /** How the theater's requests are to be divided, if there is a theater. */
  readonly routes: readonly TheaterRoute[];
}

/** What every cluster adds up of its own series; one that sees the whole mesh has others' as well. */
export function recordingRules(args: RecordingRulesArgs): readonly RecordingRule[] {
  const { cluster, routes } = args;
  const own = `cluster="${cluster}"`;
  // The caller's proxy knows a request also when nobody answered it.
  const caller = `${own}, reporter="source"`;
  const window = windowOf(args.scrapeSeconds);
  const requests = `${SERIES.requests}{${own}}`;
  const gateways = `${own}, namespace="${SYSTEM_NAMESPACE}"`;
  return [
    {
      record: SERIES.peerSynced,
      expr: `max by (cluster, remote_cluster) (istiod_remote_cluster_sync_status{${own}, status="synced"})`,
    },
    {
      record: SERIES.rootExpiry,
      expr: `min by (cluster) (citadel_server_root_cert_expiry_timestamp{${own}}) - time()`,
    },
    {
      record: SERIES.intermediateExpiry,
      expr: `min by (cluster) (citadel_server_cert_chain_expiry_timestamp{${own}}) - time()`,
    },
    {
      record: SERIES.workloadExpiry,
      expr: `min by (cluster) (istio_agent_cert_expiry_seconds{${own}, resource_name="default"})`,
    },
    {
      record: SERIES.gatewayAddresses,
      expr: `count by (cluster, namespace, service) (kube_service_status_load_balancer_ingress{${gateways}}) or 0 * max by (cluster, namespace, service) (kube_service_spec_type{${gateways}, type="LoadBalancer"})`,
    },
    {
      record: SERIES.requests,
      expr: `sum by (${DIRECTION}) (rate(istio_requests_total{${caller}}[${window}]))`,
    },
    {
      record: SERIES.errors,
      // Without a failure there would be no series, and nothing to divide.
      expr: `sum by (${DIRECTION}) (rate(istio_requests_total{${caller}, ${FAILED}}[${window}])) or 0 * ${requests}`,
    },
    {
      record: SERIES.durations,
      expr: `sum by (cluster, source_cluster, destination_cluster, le) (rate(istio_request_duration_milliseconds_bucket{${caller}}[${window}]))`,
    },
    ...routes.flatMap(({ service, weights }) =>
      weights.map((share) => ({
        record: SERIES.configuredWeight,
        expr: `vector(${share.weight / 100})`,
        labels: {
          cluster,
          destination_service: hostOf(service),
          destination_cluster: share.cluster,
        },
      })),
    ),
    {
      record: SERIES.measuredWeight,
      expr: `sum by (cluster, destination_service, destination_cluster) (${requests}) / on (cluster, destination_service) group_left () (sum by (cluster, destination_service) (${requests}) > 0)`,
    },
    ...WORKLOAD_METRICS.map((metric) => ({
      record: `workload:${metric}`,
      expr: `sum without (instance, pod, job) (${metric}{${own}})`,
    })),
  ];
}
