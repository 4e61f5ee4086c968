import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { BookinfoWorkload } from "../../config/bookinfo";
import type { Cluster } from "../../config/model";
import { GATEWAY_STATUS_PORT } from "../istio/constants";
import { hardenedContainer, hardenedPod, httpProbes } from "../workload";
import { BOOKINFO } from "./constants";
import { WORKLOADS, type Workload } from "./workloads";

export interface BookinfoDeploymentArgs {
  readonly name: BookinfoWorkload;
  readonly image: string;
  readonly cluster: Cluster;
  readonly namespace: pulumi.Input<string>;
  readonly account: pulumi.Input<string>;
}

/** A client answers nobody; what it needs is its sidecar, which says on this port whether it is there. */
const SIDECAR_HEALTH = "/healthz/ready";

export function deployment(args: BookinfoDeploymentArgs): k8s.apps.v1.DeploymentArgs {
  const { name, image, cluster, namespace, account } = args;
  const workload = WORKLOADS[name];
  const labels = { app: workload.service, version: workload.version };
  return {
    metadata: { name, namespace, labels },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 3,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...hardenedPod,
          securityContext: {
            ...hardenedPod.securityContext,
            // What the reviews' image lets nobody but its own user write, it lets group 0 write.
            runAsGroup: 0,
          },
          serviceAccountName: account,
          containers: [
            {
              ...hardenedContainer,
              ...probes(workload),
              name: workload.service,
              image,
              ...(workload.args && { args: [...workload.args] }),
              env: environment(workload, cluster),
              volumeMounts: workload.writable.map((mountPath) => ({
                name: volumeName(mountPath),
                mountPath,
              })),
              resources: {
                requests: { cpu: "10m", memory: workload.memory.request },
                limits: { memory: workload.memory.limit },
              },
            },
          ],
          volumes: workload.writable.map((path) => ({ name: volumeName(path), emptyDir: {} })),
        },
      },
    },
  };
}

const probes = ({ health }: Workload) =>
  health === undefined
    ? probesOn(GATEWAY_STATUS_PORT, SIDECAR_HEALTH)
    : {
        ports: [{ name: "http", containerPort: BOOKINFO.port }],
        ...httpProbes("http", health, health),
        // Java takes its time on a busy node; until then nothing is said of its health.
        startupProbe: {
          httpGet: { path: health, port: "http" },
          periodSeconds: 3,
          failureThreshold: 60,
        },
      };

const probesOn = (port: number, path: string) => ({
  livenessProbe: { httpGet: { path, port }, periodSeconds: 10, failureThreshold: 6 },
  readinessProbe: { httpGet: { path, port }, periodSeconds: 5, failureThreshold: 2 },
});

/** The answer's `clustername` is CLUSTER_NAME: without it the sample says "null". */
const environment = (
  { service, version, env = {} }: Workload,
  cluster: Cluster,
): k8s.types.input.core.v1.EnvVar[] =>
  Object.entries({
    CLUSTER_NAME: cluster.id,
    SERVICE_NAME: service,
    SERVICE_VERSION: version,
    ...env,
  }).map(([name, value]) => ({ name, value }));

/** `/opt/ibm/wlp/output` ⇒ `opt-ibm-wlp-output` */
const volumeName = (path: string): string => path.slice(1).replaceAll("/", "-");
