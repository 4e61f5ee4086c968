import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { TheaterRedis } from "../../config/model";
import { hardenedContainer, hardenedPod, NONROOT_ID } from "../workload";
import { THEATER } from "./constants";
import { labelsOf, podPlacement, type Placed } from "./service-objects";

const DATA = "/data";
const CONFIGURATION = "/etc/redis";
const { redis: name, redisPort: port, redisSecret } = THEATER;

/** What redis is started with, and what its clients log in with. */
export const redisSecretOf = (
  namespace: pulumi.Input<string>,
  password: pulumi.Input<string>,
  persistent: boolean,
): k8s.core.v1.SecretArgs => ({
  metadata: { name: redisSecret.name, namespace },
  stringData: {
    [redisSecret.password]: password,
    [redisSecret.configuration]: pulumi.interpolate`port ${port}
dir ${DATA}
requirepass ${password}
appendonly ${persistent ? "yes" : "no"}
save ""
maxmemory 192mb
maxmemory-policy noeviction
`,
  },
});

export const volumeClaimOf = (
  namespace: pulumi.Input<string>,
  storage: string,
  storageClass: string | undefined,
): k8s.core.v1.PersistentVolumeClaimArgs => ({
  metadata: { name, namespace },
  spec: {
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage } },
    ...(storageClass !== undefined && { storageClassName: storageClass }),
  },
});

export const redisDeploymentOf = (
  { image, storage }: TheaterRedis,
  placed: Placed,
): k8s.apps.v1.DeploymentArgs => {
  const labels = labelsOf(name, placed.cluster);
  return {
    metadata: { name, namespace: placed.namespace, labels },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 3,
      selector: { matchLabels: { app: name } },
      // Two at a time would share one volume, or be two truths.
      strategy: { type: "Recreate" },
      template: {
        metadata: { labels },
        spec: {
          ...hardenedPod,
          ...podPlacement(name, placed),
          securityContext: { ...hardenedPod.securityContext, fsGroup: NONROOT_ID },
          serviceAccountName: name,
          containers: [
            {
              ...hardenedContainer,
              name,
              image,
              command: ["redis-server", `${CONFIGURATION}/${redisSecret.configuration}`],
              ports: [{ name: "tcp", containerPort: port }],
              livenessProbe: { tcpSocket: { port: "tcp" }, periodSeconds: 10, failureThreshold: 3 },
              readinessProbe: { tcpSocket: { port: "tcp" }, periodSeconds: 3, failureThreshold: 2 },
              volumeMounts: [
                { name: "data", mountPath: DATA },
                { name: "configuration", mountPath: CONFIGURATION, readOnly: true },
              ],
              resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
            },
          ],
          volumes: [
            storage === undefined
              ? { name: "data", emptyDir: { sizeLimit: "512Mi" } }
              : { name: "data", persistentVolumeClaim: { claimName: name } },
            {
              name: "configuration",
              secret: {
                secretName: redisSecret.name,
                items: [{ key: redisSecret.configuration, path: redisSecret.configuration }],
              },
            },
          ],
        },
      },
    },
  };
};
