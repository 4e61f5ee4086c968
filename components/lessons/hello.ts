import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { hardenedContainer, hardenedPod, httpProbes } from "../workload";
import { LABELS, LESSONS } from "./constants";

export interface HelloArgs {
  readonly namespace: pulumi.Input<string>;
  readonly image: string;
  readonly account: pulumi.Input<string>;
  /** The ConfigMap's name. */
  readonly greeting: pulumi.Input<string>;
  /** The Secret's name. */
  readonly token: pulumi.Input<string>;
}

/** Deployment: so many pods of an image, kept running, and replaced one by one when it changes. */
export const hello = (args: HelloArgs): k8s.apps.v1.DeploymentArgs => ({
  metadata: { name: LESSONS.app, namespace: args.namespace, labels: LABELS },
  spec: {
    replicas: 2,
    selector: { matchLabels: LABELS },
    template: {
      metadata: { labels: LABELS },
      spec: {
        ...hardenedPod,
        serviceAccountName: args.account,
        containers: [
          {
            ...hardenedContainer,
            ...httpProbes("management", "/livez", "/readyz"),
            name: LESSONS.app,
            image: args.image,
            ports: [
              { name: "http", containerPort: LESSONS.port },
              { name: "management", containerPort: LESSONS.managementPort },
            ],
            env: [
              {
                name: "GREETING",
                valueFrom: { configMapKeyRef: { name: args.greeting, key: "GREETING" } },
              },
              { name: "TOKEN_FILE", value: `${LESSONS.tokenFolder}/token` },
              { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
            ],
            volumeMounts: [{ name: "token", mountPath: LESSONS.tokenFolder, readOnly: true }],
            resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "128Mi" } },
          },
        ],
        volumes: [{ name: "token", secret: { secretName: args.token } }],
      },
    },
  },
});
