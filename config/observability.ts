import { ConfigError } from "./errors";
import type { PublicHost } from "./https";
import type { HelmValues } from "./model";
import type { RawObservability } from "./observability-schema";

const KEY = "mesh:observability";

/** A chart, where it is taken from, and what is merged over our values. */
export interface ChartConfig {
  readonly version: string;
  /** Helm repository URL, `oci://` prefix or local folder. */
  readonly charts: string;
  readonly values: HelmValues;
}

/** When alerts fire. */
export type AlertConfig = RawObservability["alerts"];

/** How a cluster keeps its metrics. */
export interface PrometheusConfig extends ChartConfig {
  readonly retention: string;
  /** Size of its volume; nothing for metrics that end with the pod. */
  readonly storage: string | undefined;
  readonly storageClass: string | undefined;
}

/** What the proxies of the whole mesh do with traces. */
export interface TracingConfig {
  readonly samplingPercent: number;
}

/** Grafana, and the public host by which it is reached, if any. */
export interface GrafanaConfig extends ChartConfig {
  readonly host: string | undefined;
}

/** What only the cluster has that sees the whole mesh. */
export interface WholeMeshConfig {
  /** IDs of the other clusters, whose metrics it takes. */
  readonly peers: readonly string[];
  readonly jaeger: { readonly image: string; readonly maxTraces: number } | undefined;
  readonly grafana: GrafanaConfig | undefined;
  readonly kiali: ChartConfig | undefined;
}

/** The part that one cluster has in the mesh's observability. */
export interface ObservabilityConfig {
  readonly scrapeSeconds: number;
  readonly alerts: AlertConfig;
  readonly prometheus: PrometheusConfig;
  readonly tracing: TracingConfig | undefined;
  /** Nothing in every cluster but one. */
  readonly whole: WholeMeshConfig | undefined;
}

/**
 * The part that one cluster has in the mesh's observability.
 *
 * @param clusters IDs of the mesh's clusters, in order
 * @returns nothing where it is not enabled
 * @throws UserError where `cluster` names none of them
 */
export function observabilityConfig(
  raw: RawObservability,
  clusters: readonly string[],
  self: string,
): ObservabilityConfig | undefined {
  if (!raw.enabled) {
    return undefined;
  }
  if (raw.cluster !== undefined && !clusters.includes(raw.cluster)) {
    throw new ConfigError(
      `${KEY}.cluster`,
      "a cluster of mesh:clusters",
      raw.cluster,
      `write ${clusters.join(" or ")}`,
    );
  }
  const { retention, storage, storageClass } = raw.prometheus;
  const { samplingPercent } = raw.tracing;
  return {
    scrapeSeconds: raw.scrapeSeconds,
    alerts: raw.alerts,
    prometheus: {
      ...chartOf(raw.prometheus),
      retention,
      storage: storage === "none" ? undefined : storage,
      storageClass,
    },
    tracing: raw.tracing.enabled ? { samplingPercent } : undefined,
    whole: wholeMeshCluster(raw, clusters) === self ? wholeMesh(raw, clusters, self) : undefined,
  };
}

/** ID of the cluster that sees the whole mesh. */
export const wholeMeshCluster = (raw: RawObservability, clusters: readonly string[]): string =>
  raw.cluster ?? (clusters[0] as string);

/** The hosts under which something is public, none unless asked for. */
export const observabilityHosts = (
  raw: RawObservability,
  clusters: readonly string[],
): readonly PublicHost[] =>
  raw.enabled && raw.grafana.enabled && raw.grafana.host !== undefined
    ? [
        {
          host: raw.grafana.host,
          key: `${KEY}.grafana.host`,
          gateway: wholeMeshCluster(raw, clusters),
        },
      ]
    : [];

function wholeMesh(
  { tracing, grafana, kiali }: RawObservability,
  clusters: readonly string[],
  self: string,
): WholeMeshConfig {
  const { image, maxTraces } = tracing;
  return {
    peers: clusters.filter((id) => id !== self),
    jaeger: tracing.enabled ? { image, maxTraces } : undefined,
    grafana: grafana.enabled ? { ...chartOf(grafana), host: grafana.host } : undefined,
    kiali: kiali.enabled ? chartOf(kiali) : undefined,
  };
}

const chartOf = ({ version, charts, values }: ChartConfig): ChartConfig => ({
  version,
  charts,
  values,
});
