import { SERIES } from "./recording-rules";

/** One query of a panel, and how its series are called. */
export interface Target {
  /** PromQL. */
  readonly expr: string;
  /** With `{{label}}`s. */
  readonly legend: string;
}

/** One panel of a dashboard. */
export interface Panel {
  readonly title: string;
  /** What it tells, for whoever doesn't know the series. */
  readonly description: string;
  readonly kind: "stat" | "timeseries";
  /** Grafana's name of a unit. */
  readonly unit: "bool_yes_no" | "s" | "reqps" | "percentunit" | "ms" | "short";
  readonly targets: readonly Target[];
  /** What must have happened for it to show anything; nothing for what always does. */
  readonly needs?: "requests" | "weights";
}

const ELSEWHERE = "on (source_cluster, destination_cluster)";
const BY_DIRECTION = "sum by (source_cluster, destination_cluster)";
const DIRECTION = "{{source_cluster}} → {{destination_cluster}}";

/** The dashboard Mesh health, over all clusters. */
export const MESH_HEALTH: readonly Panel[] = [
  {
    title: "Peers followed",
    description: "Whether istiod of a cluster follows another: its services and addresses",
    kind: "stat",
    unit: "bool_yes_no",
    targets: [{ expr: SERIES.peerSynced, legend: "{{cluster}} follows {{remote_cluster}}" }],
  },
  {
    title: "Addresses of the gateways",
    description: "How many addresses the cloud gave each load balancer; none is a cluster cut off",
    kind: "stat",
    unit: "short",
    targets: [{ expr: SERIES.gatewayAddresses, legend: "{{cluster}}: {{service}}" }],
  },
  {
    title: "Targets that give metrics",
    description: "Share of what Prometheus asks, by cluster and job",
    kind: "stat",
    unit: "percentunit",
    targets: [{ expr: "avg by (cluster, job) (up)", legend: "{{cluster}}: {{job}}" }],
  },
  {
    title: "Certificates end in",
    description: "The root, the cluster's intermediate, and the workload with the least left",
    kind: "stat",
    unit: "s",
    targets: [
      { expr: SERIES.rootExpiry, legend: "{{cluster}}: root" },
      { expr: SERIES.intermediateExpiry, legend: "{{cluster}}: intermediate" },
      { expr: SERIES.workloadExpiry, legend: "{{cluster}}: workloads" },
    ],
  },
  {
    title: "Requests by direction",
    description: "What the clusters send each other, and themselves",
    kind: "timeseries",
    unit: "reqps",
    needs: "requests",
    targets: [{ expr: `${BY_DIRECTION} (${SERIES.requests})`, legend: DIRECTION }],
  },
  {
    title: "Failed by direction",
    description: "Share that was answered with 5xx, or not at all",
    kind: "timeseries",
    unit: "percentunit",
    needs: "requests",
    targets: [
      {
        expr: `${BY_DIRECTION} (${SERIES.errors}) / ${ELSEWHERE} (${BY_DIRECTION} (${SERIES.requests}) > 0)`,
        legend: DIRECTION,
      },
    ],
  },
  ...([50, 99] as const).map((percentile) => ({
    title: `Latency by direction, ${percentile} % within`,
    description: "As the caller's proxy measures it",
    kind: "timeseries" as const,
    unit: "ms" as const,
    needs: "requests" as const,
    targets: [
      {
        expr: `histogram_quantile(${percentile / 100}, sum by (source_cluster, destination_cluster, le) (${SERIES.durations}))`,
        legend: DIRECTION,
      },
    ],
  })),
  {
    title: "Shares, configured",
    description: "How the stack divides a service's requests among the clusters",
    kind: "stat",
    unit: "percentunit",
    needs: "weights",
    targets: [
      {
        expr: `max by (destination_service, destination_cluster) (${SERIES.configuredWeight})`,
        legend: "{{destination_service}}: {{destination_cluster}}",
      },
    ],
  },
  {
    title: "Shares, measured",
    description: "Who answered them, by calling cluster",
    kind: "timeseries",
    unit: "percentunit",
    needs: "weights",
    targets: [
      {
        expr: `${SERIES.measuredWeight} and on (destination_service) ${SERIES.configuredWeight}`,
        legend: "{{cluster}} to {{destination_service}}: {{destination_cluster}}",
      },
    ],
  },
];
