import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../config/model";
import type { SpreadService } from "../../config/theater-schema";
import { hardenedContainer, hardenedPod, httpProbes } from "../workload";
import { pageAnnotations, pageContainer, PAGE_VOLUMES, type PagePod } from "./page-pod";
import { CLUSTER_LABEL, THEATER, THEATER_PORTS } from "./constants";

export interface Placed {
  readonly namespace: pulumi.Input<string>;
  readonly cluster: Cluster;
  readonly nodeAffinity: boolean;
}

/** Longer than the service drains and closes together, by its defaults. */
const GRACE_SECONDS = 40;

/** The service under its name, wherever its pods are: names are looked up in the caller's cluster. */
export const serviceOf = (
  name: string,
  port: number,
  protocol: "http" | "tcp",
  namespace: pulumi.Input<string>,
): k8s.core.v1.ServiceArgs => ({
  metadata: { name, namespace, labels: { app: name } },
  spec: {
    selector: { app: name },
    ports: [{ name: protocol, port, targetPort: port, appProtocol: protocol }],
  },
});

export interface DeploymentArgs extends Placed {
  readonly name: SpreadService;
  readonly image: string;
  /** Nothing where an autoscaler decides. */
  readonly replicas: number | undefined;
  /** Whether the deployment of the stack waits until the pods are ready. */
  readonly awaited: boolean;
  /** Of the gateway, where its page shows the mesh. */
  readonly page: PagePod | undefined;
}

export const deploymentOf = ({
  name,
  image,
  replicas,
  awaited,
  page,
  ...placed
}: DeploymentArgs): k8s.apps.v1.DeploymentArgs => {
  const labels = labelsOf(name, placed.cluster);
  const shown = page && pageContainer(page);
  return {
    metadata: {
      name,
      namespace: placed.namespace,
      labels,
      ...(!awaited && { annotations: { "pulumi.com/skipAwait": "true" } }),
    },
    spec: {
      ...(replicas !== undefined && { replicas }),
      revisionHistoryLimit: 3,
      selector: { matchLabels: { app: name } },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: {
          labels,
          annotations: {
            ...PROXY_DRAINS,
            "prometheus.io/scrape": "true",
            "prometheus.io/port": String(THEATER.managementPort),
            "prometheus.io/path": "/metrics",
            ...(page && pageAnnotations(page)),
          },
        },
        spec: {
          ...hardenedPod,
          ...podPlacement(name, placed),
          serviceAccountName: name,
          terminationGracePeriodSeconds: GRACE_SECONDS,
          containers: [
            {
              ...hardenedContainer,
              ...httpProbes("management", "/livez", "/readyz"),
              name,
              image,
              ports: [
                { name: "http", containerPort: THEATER_PORTS[name] },
                { name: "management", containerPort: THEATER.managementPort },
              ],
              env: [
                { name: "CLUSTER_NAME", value: placed.cluster.id },
                { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
                ...(name === "api-gateway" ? [] : [REDIS_PASSWORD]),
                ...(shown?.env ?? []),
              ],
              ...(shown && { volumeMounts: shown.volumeMounts }),
              resources: { requests: { cpu: "50m", memory: "96Mi" }, limits: { memory: "256Mi" } },
            },
          ],
          ...(page && { volumes: PAGE_VOLUMES }),
        },
      },
    },
  };
};

/** A proxy that outlives the requests of its service, where it isn't a sidecar of Kubernetes' own. */
const PROXY_DRAINS = {
  "proxy.istio.io/config": JSON.stringify({
    proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true" },
  }),
};

const REDIS_PASSWORD = {
  name: "REDIS_PASSWORD",
  valueFrom: {
    secretKeyRef: { name: THEATER.redisSecret.name, key: THEATER.redisSecret.password },
  },
};

export const labelsOf = (name: string, { id }: Cluster) => ({ app: name, [CLUSTER_LABEL]: id });

/** On different nodes where there are several, and on the cluster's own only where that is asked for. */
export const podPlacement = (
  name: string,
  { cluster, nodeAffinity }: Placed,
): Partial<k8s.types.input.core.v1.PodSpec> => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "kubernetes.io/hostname",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { app: name } },
    },
  ],
  ...(nodeAffinity && {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: "cluster-name", operator: "In", values: [cluster.id] }] },
          ],
        },
      },
    },
  }),
});

/** Never two at a time, and never none for ever: a node can always be emptied. */
export const disruptionBudgetOf = (
  name: string,
  namespace: pulumi.Input<string>,
): k8s.policy.v1.PodDisruptionBudgetArgs => ({
  metadata: { name, namespace },
  spec: { maxUnavailable: 1, selector: { matchLabels: { app: name } } },
});

const MOST_PER_REPLICA = 3;
const CPU_PERCENT = 80;

export const autoscalerOf = (
  name: string,
  namespace: pulumi.Input<string>,
  replicas: number,
): k8s.autoscaling.v2.HorizontalPodAutoscalerArgs => ({
  metadata: { name, namespace },
  spec: {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
    minReplicas: replicas,
    maxReplicas: replicas * MOST_PER_REPLICA,
    metrics: [
      {
        type: "ContainerResource",
        containerResource: {
          name: "cpu",
          // The proxy's load isn't the service's.
          container: name,
          target: { type: "Utilization", averageUtilization: CPU_PERCENT },
        },
      },
    ],
  },
});
