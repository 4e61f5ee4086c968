/** Names that the objects of observability have to agree on; each has its only home here. */

export const OBSERVABILITY = {
  namespace: "observability",
  prometheus: "prometheus",
  jaeger: "jaeger",
  collector: "jaeger-collector",
  grafana: "grafana",
  kiali: "kiali",
} as const;

export const OBSERVABILITY_PORTS = {
  prometheus: 9090,
  /** OTLP by gRPC (opentelemetry.io "OTLP Exporter Configuration"). */
  collector: 4317,
  /** Jaeger's web interface and API. */
  jaeger: 16686,
  grafana: 3000,
  kiali: 20001,
  stateMetrics: 8080,
} as const;

/** Where pilot-agent gives out a pod's metrics, its proxy's and its application's merged, in plain text. */
export const MERGED_METRICS_PORT = 15020;

/** Where istiod gives out its own. */
export const ISTIOD_METRICS_PORT = 15014;

/**
 * Name of a cluster's Prometheus. Each has its own: a Service of one name in two clusters is one
 * service to the mesh, and questions would go to either.
 */
export const prometheusName = (cluster: string): string => `${OBSERVABILITY.prometheus}-${cluster}`;

export const serviceHost = (name: string): string =>
  `${name}.${OBSERVABILITY.namespace}.svc.cluster.local`;

export const prometheusUrl = (cluster: string): string =>
  `http://${serviceHost(prometheusName(cluster))}:${OBSERVABILITY_PORTS.prometheus}`;

/** What a cluster's Prometheus finds pods by, and the binding of it to that Prometheus. */
export const PROMETHEUS_ROLE = `mesh-${OBSERVABILITY.prometheus}`;

/** Name of all that lets the Kiali of one cluster read another. */
export const observerName = (consumer: string): string => `mesh-kiali-${consumer}`;

/** Name of the Telemetry that turns tracing on. */
export const TRACING = "tracing";
