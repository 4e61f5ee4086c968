import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ClovaService, Cluster } from "../../config/model";
import { INGRESS_GATEWAY, SYSTEM_NAMESPACE } from "../istio/constants";
import { hardenedContainer, hardenedPod } from "../workload";
import { CLOVA } from "./constants";

interface Metadata {
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
}

const LABELS = { app: CLOVA.name };

export const service = (metadata: Metadata): k8s.core.v1.ServiceArgs => ({
  metadata: { ...metadata, labels: LABELS },
  spec: {
    selector: LABELS,
    ports: [{ name: "http", port: CLOVA.servicePort, targetPort: "http" }],
  },
});

/**
 * Who may call it and what: the ingress gateway of any cluster, and CEK's two requests. A gateway's
 * identity is the same in every cluster, and stays its own across networks.
 */
export const callers = (metadata: Metadata, trustDomain: string) => ({
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata,
  spec: {
    selector: { matchLabels: LABELS },
    action: "ALLOW",
    rules: [
      {
        from: [
          {
            source: { principals: [`${trustDomain}/ns/${SYSTEM_NAMESPACE}/sa/${INGRESS_GATEWAY}`] },
          },
        ],
        to: [
          { operation: { methods: ["POST"], paths: ["/"] } },
          { operation: { methods: ["GET"], paths: ["/health"] } },
        ],
      },
    ],
  },
});

export interface DeploymentArgs {
  readonly cluster: Cluster;
  readonly account: pulumi.Input<string>;
  readonly service: ClovaService;
}

export const deployment = (
  metadata: Metadata,
  { cluster, account, service }: DeploymentArgs,
): k8s.apps.v1.DeploymentArgs => ({
  metadata: { ...metadata, labels: LABELS },
  spec: {
    replicas: service.replicas,
    revisionHistoryLimit: 3,
    selector: { matchLabels: LABELS },
    template: {
      metadata: {
        labels: LABELS,
        annotations: {
          "prometheus.io/scrape": "true",
          "prometheus.io/port": String(CLOVA.managementPort),
          "prometheus.io/path": "/metrics",
        },
      },
      spec: {
        ...hardenedPod,
        serviceAccountName: account,
        containers: [
          {
            ...hardenedContainer,
            name: CLOVA.name,
            image: service.image,
            ports: [
              { name: "http", containerPort: CLOVA.port },
              { name: "management", containerPort: CLOVA.managementPort },
            ],
            env: environment(cluster, service),
            readinessProbe: {
              httpGet: { path: "/health", port: "http" },
              initialDelaySeconds: 5,
              timeoutSeconds: 2,
              periodSeconds: 10,
              failureThreshold: 3,
            },
            livenessProbe: {
              httpGet: { path: "/livez", port: "management" },
              periodSeconds: 10,
              failureThreshold: 3,
            },
            resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "192Mi" } },
          },
        ],
      },
    },
  },
});

const environment = (cluster: Cluster, service: ClovaService): k8s.types.input.core.v1.EnvVar[] => [
  { name: "CLUSTER_NAME", value: cluster.id },
  { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
  { name: "CLOVA_APPLICATION_IDS", value: service.applicationId },
  ...signatureKey(service.signatureKey),
  ...optional("RASPBERRY_PI_URL", service.raspberryPiUrl),
];

/** Nothing leaves the service to its own default, CEK's URL. */
const signatureKey = (key: string | undefined): k8s.types.input.core.v1.EnvVar[] =>
  key?.includes("-----BEGIN ")
    ? optional("CLOVA_PUBLIC_KEY", key)
    : optional("CLOVA_PUBLIC_KEY_URL", key);

const optional = (name: string, value: string | undefined): k8s.types.input.core.v1.EnvVar[] =>
  value === undefined ? [] : [{ name, value }];
