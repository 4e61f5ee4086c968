import { createHash } from "node:crypto";
import type { Footprint } from "../../config/clouds";
import type { HelmValues, TheaterRoute } from "../../config/model";
import type { ObservabilityConfig } from "../../config/observability";
import { mergeValues } from "../helm/merge-values";
import { alertRules, wholeMeshAlertRules } from "./alert-rules";
import {
  ISTIOD_METRICS_PORT,
  MERGED_METRICS_PORT,
  OBSERVABILITY,
  OBSERVABILITY_PORTS,
  prometheusName,
} from "./constants";
import { recordingRules } from "./recording-rules";
import { federationJob, scrapeJobs } from "./scrape-jobs";

/** What decides the values of the chart prometheus. */
export interface PrometheusValuesArgs {
  /** ID of the cluster. */
  readonly cluster: string;
  readonly footprint: Footprint;
  /** IDs of the other clusters. */
  readonly peers: readonly string[];
  readonly observability: ObservabilityConfig;
  /** How the theater's requests are to be divided, if there is a theater. */
  readonly routes: readonly TheaterRoute[];
}

const NOBODY = 65534;

const RESOURCES: Readonly<Record<Footprint, HelmValues>> = {
  standard: { requests: { cpu: "200m", memory: "1Gi" }, limits: { memory: "4Gi" } },
  small: { requests: { cpu: "20m", memory: "150Mi" }, limits: { memory: "1Gi" } },
};

const HARDENED = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

/** What a Prometheus without a volume may write into its node. */
const EMPTY_DIR = "4Gi";

/** Helm values of the chart prometheus of prometheus-community. */
export function prometheusValues(args: PrometheusValuesArgs): HelmValues {
  const { prometheus } = args.observability;
  const files = configuration(args);
  return mergeValues(
    {
      ...files,
      // What is asked is ours alone: the chart's own jobs read nodes and every annotated Service.
      scrapeConfigs: Object.fromEntries(CHART_JOBS.map((job) => [job, { enabled: false }])),
      server: server(args, createHash("sha256").update(JSON.stringify(files)).digest("hex")),
      serviceAccounts: { server: { name: OBSERVABILITY.prometheus } },
      // The role of the chart reads every ConfigMap; ours is beside it.
      rbac: { create: false },
      configmapReload: { prometheus: { enabled: false } },
      alertmanager: { enabled: false },
      "prometheus-node-exporter": { enabled: false },
      "prometheus-pushgateway": { enabled: false },
      "kube-state-metrics": STATE_METRICS,
    },
    prometheus.values,
  );
}

const CHART_JOBS = [
  "prometheus",
  "kubernetes-api-servers",
  "kubernetes-nodes",
  "kubernetes-nodes-cadvisor",
  "kubernetes-service-endpoints",
  "kubernetes-service-endpoints-slow",
  "prometheus-pushgateway",
  "kubernetes-services",
  "kubernetes-pods",
  "kubernetes-pods-slow",
] as const;

function configuration({ cluster, peers, observability, routes }: PrometheusValuesArgs) {
  const { scrapeSeconds, alerts, whole } = observability;
  return {
    serverFiles: {
      "prometheus.yml": {
        rule_files: ["/etc/config/recording_rules.yml", "/etc/config/alerting_rules.yml"],
        scrape_configs: [
          ...scrapeJobs(cluster),
          ...(whole === undefined || peers.length === 0 ? [] : [federationJob(cluster, peers)]),
        ],
      },
      "recording_rules.yml": {
        groups: [{ name: "mesh", rules: recordingRules({ cluster, scrapeSeconds, routes }) }],
      },
      "alerting_rules.yml": {
        groups: [
          {
            name: "mesh",
            rules: [
              ...alertRules({ cluster, peers, alerts }),
              ...(whole === undefined || peers.length === 0 ? [] : wholeMeshAlertRules(alerts)),
            ],
          },
        ],
      },
    },
  };
}

function server(
  { cluster, footprint, observability }: PrometheusValuesArgs,
  checksum: string,
): HelmValues {
  const { scrapeSeconds, prometheus } = observability;
  const { retention, storage, storageClass } = prometheus;
  return {
    fullnameOverride: prometheusName(cluster),
    global: {
      scrape_interval: `${scrapeSeconds}s`,
      scrape_timeout: `${Math.min(scrapeSeconds, 10)}s`,
      evaluation_interval: `${scrapeSeconds}s`,
      external_labels: { cluster },
    },
    retention,
    retentionSize: fourFifths(storage ?? EMPTY_DIR),
    persistentVolume:
      storage === undefined
        ? { enabled: false }
        : { enabled: true, size: storage, ...(storageClass !== undefined && { storageClass }) },
    emptyDir: { sizeLimit: EMPTY_DIR },
    // Two at a time would share one volume.
    strategy: { type: "Recreate" },
    service: { servicePort: OBSERVABILITY_PORTS.prometheus },
    podLabels: { "sidecar.istio.io/inject": "true" },
    podAnnotations: {
      "checksum/configuration": checksum,
      // What pods and istiod give out in plain text needs no proxy on the way; peers do.
      "traffic.sidecar.istio.io/excludeOutboundPorts": `${MERGED_METRICS_PORT},${ISTIOD_METRICS_PORT}`,
      "proxy.istio.io/config": "holdApplicationUntilProxyStarts: true",
    },
    readinessProbeInitialDelay: 5,
    // Lists of all pods take their time in a large cluster; replaying what is on disk, too.
    startupProbe: { enabled: true, periodSeconds: 5, failureThreshold: 120, timeoutSeconds: 5 },
    terminationGracePeriodSeconds: 60,
    resources: RESOURCES[footprint],
    securityContext: {
      runAsUser: NOBODY,
      runAsGroup: NOBODY,
      fsGroup: NOBODY,
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containerSecurityContext: HARDENED,
  };
}

/** Only the Services, and of them only what tells a gateway without an address. */
const STATE_METRICS: HelmValues = {
  enabled: true,
  collectors: ["services"],
  metricAllowlist: ["kube_service_spec_type", "kube_service_status_load_balancer_ingress"],
  prometheusScrape: false,
  customLabels: { "sidecar.istio.io/inject": "false" },
  resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "256Mi" } },
  containerSecurityContext: HARDENED,
};

/** A unit of Kubernetes, and the one of Prometheus that is a 1024th of it. */
const SMALLER_UNITS: Readonly<Record<string, string>> = { Mi: "KB", Gi: "MB", Ti: "GB" };

/** `20Gi` ⇒ `16384MB`; Prometheus' units are powers of 1024 as well. */
const fourFifths = (size: string): string =>
  `${Math.floor((Number(size.slice(0, -2)) * 4 * 1024) / 5)}${SMALLER_UNITS[size.slice(-2)]}`;
