import { SYSTEM_NAMESPACE } from "../istio/constants";
import {
  ISTIOD_METRICS_PORT,
  OBSERVABILITY,
  OBSERVABILITY_PORTS,
  prometheusName,
  serviceHost,
} from "./constants";

/** One rule of Prometheus' relabelling (prometheus.io "relabel_config"). */
interface Relabel {
  readonly source_labels?: readonly string[];
  readonly regex?: string;
  readonly action?: "keep" | "drop" | "replace" | "labeldrop";
  readonly target_label?: string;
  readonly replacement?: string;
}

/** One entry of `scrape_configs`. */
export interface ScrapeJob {
  readonly job_name: string;
  readonly honor_labels?: boolean;
  readonly metrics_path?: string;
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly kubernetes_sd_configs?: readonly unknown[];
  readonly static_configs?: readonly {
    readonly targets: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
  }[];
  readonly relabel_configs?: readonly Relabel[];
  readonly metric_relabel_configs?: readonly Relabel[];
}

const POD = "__meta_kubernetes_pod_";

const label = (source: string, target: string): Relabel => ({
  source_labels: [source],
  target_label: target,
});

/** What every series of a pod carries, beside the job and the instance. */
const podLabels = (cluster: string): readonly Relabel[] => [
  label("__meta_kubernetes_namespace", "namespace"),
  label(`${POD}name`, "pod"),
  label(`${POD}label_app`, "app"),
  { target_label: "cluster", replacement: cluster },
];

/** Any pod, also an injected one, says in these annotations where its metrics are; istiod's injector writes them. */
const ANNOTATED: readonly Relabel[] = [
  { source_labels: [`${POD}annotation_prometheus_io_scrape`], regex: "true", action: "keep" },
  { source_labels: [`${POD}phase`], regex: "Pending|Succeeded|Failed", action: "drop" },
  {
    source_labels: [`${POD}annotation_prometheus_io_path`],
    regex: "(.+)",
    target_label: "__metrics_path__",
  },
  {
    source_labels: [`${POD}annotation_prometheus_io_scheme`],
    regex: "(https?)",
    target_label: "__scheme__",
  },
  {
    source_labels: [`${POD}ip`, `${POD}annotation_prometheus_io_port`],
    regex: String.raw`(\d+\.\d+\.\d+\.\d+);(\d+)`,
    target_label: "__address__",
    replacement: "$1:$2",
  },
  {
    source_labels: [`${POD}ip`, `${POD}annotation_prometheus_io_port`],
    regex: "([0-9a-fA-F:]+:[0-9a-fA-F:]+);(\\d+)",
    target_label: "__address__",
    replacement: "[$1]:$2",
  },
];

const isIstiod = (action: "keep" | "drop"): Relabel => ({
  source_labels: ["__meta_kubernetes_namespace", `${POD}label_app`],
  regex: `${SYSTEM_NAMESPACE};istiod`,
  action,
});

/**
 * istiod's word for a peer is also `cluster`. Prometheus sets the metric's own label aside as
 * `exported_cluster`, since every target has one of ours.
 */
const REMOTE_CLUSTER: readonly Relabel[] = [
  { source_labels: ["exported_cluster"], regex: "(.+)", target_label: "remote_cluster" },
  { regex: "exported_cluster", action: "labeldrop" },
];

/** What a cluster's Prometheus asks, and how often is the same for all. */
export const scrapeJobs = (cluster: string): readonly ScrapeJob[] => [
  {
    job_name: "prometheus",
    static_configs: [
      { targets: [`localhost:${OBSERVABILITY_PORTS.prometheus}`], labels: { cluster } },
    ],
  },
  {
    job_name: "istiod",
    kubernetes_sd_configs: [{ role: "pod", namespaces: { names: [SYSTEM_NAMESPACE] } }],
    relabel_configs: [
      isIstiod("keep"),
      {
        source_labels: [`${POD}container_port_number`],
        regex: String(ISTIOD_METRICS_PORT),
        action: "keep",
      },
      ...podLabels(cluster),
    ],
    metric_relabel_configs: REMOTE_CLUSTER,
  },
  {
    job_name: "pods",
    kubernetes_sd_configs: [{ role: "pod" }],
    relabel_configs: [...ANNOTATED, isIstiod("drop"), ...podLabels(cluster)],
  },
  {
    job_name: "kube-state-metrics",
    // Its series are about other namespaces and pods than its own.
    honor_labels: true,
    static_configs: [
      {
        targets: [
          `${serviceHost(`${OBSERVABILITY.prometheus}-kube-state-metrics`)}:${OBSERVABILITY_PORTS.stateMetrics}`,
        ],
        labels: { cluster },
      },
    ],
  },
];

/** Job that takes what the peers' Prometheus have. */
export const FEDERATION_JOB = "peers";

/**
 * What one cluster's Prometheus takes from the others, so that it sees the whole mesh.
 *
 * Federation, rather than a front that asks every cluster at each question: it goes on with what it
 * has while a peer is away, needs no further program, and moves few series, since each cluster adds
 * its own up first (istio.io "Using Prometheus for production-scale monitoring"). The way is the
 * mesh's own: mTLS through the peers' east-west gateways, nothing is exposed for it.
 */
export const federationJob = (cluster: string, peers: readonly string[]): ScrapeJob => ({
  job_name: FEDERATION_JOB,
  honor_labels: true,
  metrics_path: "/federate",
  params: { "match[]": ['{__name__=~"(mesh|workload):.+"}', "ALERTS", 'up{job!="peers"}'] },
  static_configs: peers.map((peer) => ({
    targets: [`${serviceHost(prometheusName(peer))}:${OBSERVABILITY_PORTS.prometheus}`],
    labels: { peer, cluster },
  })),
  metric_relabel_configs: [
    // By their own names again, for Kiali and Istio's dashboards.
    {
      source_labels: ["__name__"],
      regex: "workload:(.*)",
      target_label: "__name__",
    },
    { regex: "peer", action: "labeldrop" },
  ],
});
