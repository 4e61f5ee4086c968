/**
 * Istio's metrics of requests, made of what the lab's Envoy counts by itself.
 *
 * The Envoy of its own project lacks the filter that writes `istio_requests_total`. It does count, per
 * service, from which zone to which zone requests went (envoyproxy.io "Cluster manager: per service
 * zone dynamic HTTP statistics"), and a cluster of the lab is one zone. Prometheus gives those counts
 * the names and labels that Istio's would have, as far as they are known; everything behind that,
 * rules, alerts and dashboards, is what it is elsewhere.
 */

/** Zones are called after their clusters, with a number; Prometheus has no dashes in names. */
const ZONES = "envoy_cluster_zone_([a-z0-9]+)_1_([a-z0-9]+)_1_upstream_rq";

const ZONE_STATS = String.raw`cluster\.outbound.*\.zone\..*\.upstream_rq_(.xx|time)`;

/**
 * Values of the chart istiod that let sidecars count so.
 *
 * An Envoy is told its own zone at its start, which pilot-agent knows from this label or a cloud's
 * metadata, and not from the node; so every pod that gets a sidecar gets the label too (istio.io
 * "Custom templates" of the sidecar injection).
 */
export const countingEnvoyValues = (cluster: string) => ({
  meshConfig: { defaultConfig: { proxyStatsMatcher: { inclusionRegexps: [ZONE_STATS] } } },
  sidecarInjectorWebhook: {
    defaultTemplates: ["sidecar", "locality"],
    templates: {
      locality: `metadata:\n  labels:\n    istio-locality: ${cluster}.${cluster}-1\n`,
    },
  },
});

const POD = "__meta_kubernetes_pod_";
/** pilot-agent's port of a proxy's metrics. */
const PORT = 15020;

const fromName = (target: string, regex: string, replacement: string) => ({
  source_labels: ["__name__"],
  regex,
  target_label: target,
  replacement,
});

/** A further job of a cluster's Prometheus. */
export const envoyJob = (cluster: string) => ({
  job_name: "envoy",
  metrics_path: "/stats/prometheus",
  kubernetes_sd_configs: [{ role: "pod" }],
  relabel_configs: [
    {
      source_labels: [`${POD}annotation_prometheus_io_port`],
      regex: String(PORT),
      action: "keep",
    },
    { source_labels: [`${POD}phase`], regex: "Running", action: "keep" },
    {
      source_labels: [`${POD}ip`],
      target_label: "__address__",
      replacement: `$1:${PORT}`,
    },
    { source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" },
    { source_labels: [`${POD}name`], target_label: "pod" },
    { target_label: "cluster", replacement: cluster },
  ],
  metric_relabel_configs: [
    { source_labels: ["__name__"], regex: `${ZONES}(_time_.*)?`, action: "keep" },
    fromName("source_cluster", `${ZONES}(_time_.*)?`, "$1"),
    fromName("destination_cluster", `${ZONES}(_time_.*)?`, "$2"),
    // The end of the count's name, `_2xx`, which Istio's bootstrap makes a label of.
    { source_labels: ["response_code_class"], target_label: "response_code" },
    {
      source_labels: ["cluster_name"],
      regex: String.raw`outbound\|\d+\|[^|]*\|([^;]+);?`,
      target_label: "destination_service",
    },
    { target_label: "reporter", replacement: "source" },
    fromName("__name__", `${ZONES}_time_(.*)`, "istio_request_duration_milliseconds_$3"),
    fromName("__name__", ZONES, "istio_requests_total"),
  ],
});
