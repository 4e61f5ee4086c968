import { z } from "zod";
import { says } from "./says";

const values = z.record(z.string(), z.unknown()).default({});

const charts = (repository: string, chart: string) =>
  z
    .string()
    .min(1)
    .default(repository)
    .describe(`Helm repository, oci:// prefix, or folder that holds the chart ${chart}`);

const version = (fallback: string) =>
  z
    .string()
    .regex(/^v?\d+\.\d+\.\d+/)
    .default(fallback)
    .describe("Version of the chart");

const isOn = (what: string) => z.boolean().default(true).describe(what);

/** What Prometheus takes for a length of time, e.g. `15d`. */
const duration = z
  .string()
  .refine(
    (text) => /^[1-9]\d*(m|h|d|w|y)$/.test(text),
    says("a length of time", "write it like 12h, 15d or 4w"),
  );

const volume = z
  .string()
  .refine(
    (text) => /^(none|[1-9]\d*(Mi|Gi|Ti))$/.test(text),
    says("none, or the size of a volume", "write it like 20Gi"),
  );

/** Metrics, alerts, traces and dashboards of the mesh. */
export const observability = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe("Deploy it: a Prometheus per cluster, and one view of the whole mesh"),
  cluster: z
    .string()
    .optional()
    .describe("Cluster that sees the whole mesh and keeps the traces; the first by default"),
  scrapeSeconds: z
    .int()
    .min(5)
    .max(300)
    .default(15)
    .describe("How often metrics are collected and alerts are evaluated"),
  alerts: z
    .strictObject({
      forSeconds: z
        .int()
        .min(0)
        .max(86_400)
        .default(300)
        .describe("How long something has to be wrong before its alert fires"),
      certificateDays: z
        .int()
        .min(1)
        .max(3650)
        .default(30)
        .describe("Days that a root or intermediate has left when its alert fires"),
      errorPercent: z
        .number()
        .gt(0)
        .max(100)
        .default(5)
        .describe("Share of the requests to another cluster that may fail"),
    })
    .prefault({})
    .describe("When the alerts fire"),
  prometheus: z
    .strictObject({
      version: version("29.27.0"),
      charts: charts("https://prometheus-community.github.io/helm-charts", "prometheus"),
      retention: duration.default("15d").describe("How long metrics are kept"),
      storage: volume
        .default("20Gi")
        .describe("Size of its volume, four fifths of it for metrics; none keeps them in the pod"),
      storageClass: z
        .string()
        .min(1)
        .optional()
        .describe("StorageClass of that volume; the cluster's default without it"),
      values: values.describe("Further Helm values, merged over ours"),
    })
    .prefault({})
    .describe("The Prometheus of each cluster"),
  tracing: z
    .strictObject({
      enabled: isOn("Send traces of the whole mesh to one Jaeger"),
      samplingPercent: z
        .number()
        .min(0)
        .max(100)
        .default(1)
        .describe("Share of the requests that are traced"),
      maxTraces: z
        .int()
        .min(100)
        .max(1_000_000)
        .default(50_000)
        .describe("Traces that Jaeger keeps, in memory; the oldest go first"),
      image: z
        .string()
        .min(1)
        .default("docker.io/jaegertracing/jaeger:2.13.0")
        .describe("Image of Jaeger, version 2"),
    })
    .prefault({})
    .describe("Traces, by OpenTelemetry"),
  grafana: z
    .strictObject({
      enabled: isOn("Deploy Grafana, with Istio's dashboards and the mesh's own"),
      version: version("12.11.1"),
      charts: charts("https://grafana-community.github.io/helm-charts", "grafana"),
      host: z
        .string()
        .min(1)
        .optional()
        .describe("Public host, behind Grafana's own login; without it, inside the mesh only"),
      values: values.describe("Further Helm values, merged over ours"),
    })
    .prefault({})
    .describe("Dashboards"),
  kiali: z
    .strictObject({
      enabled: isOn("Deploy Kiali, with a reader of its own on every cluster"),
      version: version("2.27.0"),
      charts: charts("https://kiali.org/helm-charts", "kiali-server"),
      values: values.describe("Further Helm values, merged over ours"),
    })
    .prefault({})
    .describe("The mesh as a graph"),
});

export type RawObservability = z.output<typeof observability>;
