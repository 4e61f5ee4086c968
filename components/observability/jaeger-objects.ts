import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { hardenedContainer, hardenedPod } from "../workload";
import { OBSERVABILITY, OBSERVABILITY_PORTS } from "./constants";

const { jaeger: name, collector } = OBSERVABILITY;
const HEALTH_PORT = 13133;
const METRICS_PORT = 8888;
const CONFIGURATION = "/etc/jaeger";
const FILE = "config.yaml";
const STORE = "memory";

/**
 * Jaeger 2 is an OpenTelemetry Collector (jaegertracing.io "Configuration"): it takes OTLP and keeps
 * what comes. What it receives is bounded by memory, not by time.
 */
const configuration = (maxTraces: number) => ({
  service: {
    extensions: ["jaeger_storage", "jaeger_query", "healthcheckv2"],
    pipelines: {
      traces: {
        receivers: ["otlp"],
        processors: ["batch"],
        exporters: ["jaeger_storage_exporter"],
      },
    },
    telemetry: {
      resource: { "service.name": name },
      metrics: {
        level: "normal",
        readers: [{ pull: { exporter: { prometheus: { host: "0.0.0.0", port: METRICS_PORT } } } }],
      },
    },
  },
  extensions: {
    healthcheckv2: { use_v2: true, http: { endpoint: `0.0.0.0:${HEALTH_PORT}` } },
    jaeger_storage: { backends: { [STORE]: { memory: { max_traces: maxTraces } } } },
    jaeger_query: {
      storage: { traces: STORE },
      http: { endpoint: `0.0.0.0:${OBSERVABILITY_PORTS.jaeger}` },
    },
  },
  receivers: {
    otlp: { protocols: { grpc: { endpoint: `0.0.0.0:${OBSERVABILITY_PORTS.collector}` } } },
  },
  processors: { batch: {} },
  exporters: { jaeger_storage_exporter: { trace_storage: STORE } },
});

/** JSON is YAML. */
export const jaegerConfigMap = (
  namespace: pulumi.Input<string>,
  maxTraces: number,
): k8s.core.v1.ConfigMapArgs => ({
  metadata: { name, namespace },
  data: { [FILE]: JSON.stringify(configuration(maxTraces), undefined, 2) },
});

const LABELS = { app: name };

export const jaegerDeployment = (
  namespace: pulumi.Input<string>,
  image: string,
  maxTraces: number,
): k8s.apps.v1.DeploymentArgs => ({
  metadata: { name, namespace, labels: LABELS },
  spec: {
    replicas: 1,
    revisionHistoryLimit: 3,
    selector: { matchLabels: LABELS },
    // Two would share the traces between them.
    strategy: { type: "Recreate" },
    template: {
      metadata: {
        labels: LABELS,
        annotations: {
          "prometheus.io/scrape": "true",
          "prometheus.io/port": String(METRICS_PORT),
          // A pod of its own for another configuration.
          "mesh/max-traces": String(maxTraces),
        },
      },
      spec: {
        ...hardenedPod,
        serviceAccountName: name,
        containers: [
          {
            ...hardenedContainer,
            name,
            image,
            args: ["--config", `${CONFIGURATION}/${FILE}`],
            ports: [
              { name: "grpc-otlp", containerPort: OBSERVABILITY_PORTS.collector },
              { name: "http-query", containerPort: OBSERVABILITY_PORTS.jaeger },
              { name: "http-health", containerPort: HEALTH_PORT },
            ],
            livenessProbe: {
              httpGet: { path: "/status", port: "http-health" },
              periodSeconds: 10,
              failureThreshold: 6,
            },
            readinessProbe: {
              httpGet: { path: "/status", port: "http-health" },
              periodSeconds: 3,
              failureThreshold: 2,
            },
            resources: { requests: { cpu: "20m", memory: "128Mi" }, limits: { memory: "2Gi" } },
            volumeMounts: [{ name: "configuration", mountPath: CONFIGURATION, readOnly: true }],
          },
        ],
        volumes: [{ name: "configuration", configMap: { name } }],
      },
    },
  },
});

/** The collector, for the proxies of all clusters, and the pages, for this one's. */
export const jaegerServices = (
  namespace: pulumi.Input<string>,
): readonly k8s.core.v1.ServiceArgs[] => [
  service(namespace, collector, "grpc-otlp", OBSERVABILITY_PORTS.collector),
  service(namespace, name, "http-query", OBSERVABILITY_PORTS.jaeger),
];

const service = (
  namespace: pulumi.Input<string>,
  serviceName: string,
  portName: string,
  port: number,
): k8s.core.v1.ServiceArgs => ({
  metadata: { name: serviceName, namespace, labels: LABELS },
  spec: { selector: LABELS, ports: [{ name: portName, port, targetPort: portName }] },
});
