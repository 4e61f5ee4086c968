import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../config/model";
import { ECHO } from "./constants";
import { meshedNamespaceLabels } from "../pod-security";
import { hardenedContainer, hardenedPod, httpProbes } from "../workload";

export interface EchoArgs {
  readonly cluster: Cluster;
  readonly image: string;
  /** Whether istio-cni leads the pods' traffic to their proxies. */
  readonly istioCni: boolean;
  readonly istiod: pulumi.Resource;
}

/** The version that a cluster's echo reports: its place in the mesh, counted from 1. */
export const echoVersion = (cluster: Pick<Cluster, "index">): string => `v${cluster.index + 1}`;

/**
 * A service that says where it runs and who called it, the same in every cluster: calls to it show
 * whether the mesh joins the clusters.
 */
export class Echo extends pulumi.ComponentResource {
  constructor(name: string, args: EchoArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:echo:Echo", name, {}, opts);

    const version = echoVersion(args.cluster);
    const selector = { app: ECHO.name };
    const labels = { ...selector, version };
    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: ECHO.namespace, labels: meshedNamespaceLabels(args.istioCni) } },
      { parent: this },
    );
    const account = new k8s.core.v1.ServiceAccount(
      `${name}-account`,
      {
        metadata: { name: ECHO.name, namespace: namespace.metadata.name },
        automountServiceAccountToken: false,
      },
      { parent: this },
    );
    new k8s.core.v1.Service(
      `${name}-service`,
      {
        metadata: { name: ECHO.name, namespace: namespace.metadata.name, labels: selector },
        spec: { selector, ports: [{ name: "http", port: ECHO.port, targetPort: "http" }] },
      },
      { parent: this },
    );
    new k8s.apps.v1.Deployment(
      `${name}-deployment`,
      {
        metadata: { name: ECHO.name, namespace: namespace.metadata.name, labels },
        spec: {
          replicas: 1,
          selector: { matchLabels: selector },
          template: {
            metadata: { labels },
            spec: {
              ...hardenedPod,
              serviceAccountName: account.metadata.name,
              containers: [
                {
                  ...hardenedContainer,
                  ...httpProbes("http", "/healthz", "/readyz"),
                  name: ECHO.name,
                  image: args.image,
                  ports: [{ name: "http", containerPort: ECHO.port }],
                  env: [
                    { name: "CLUSTER_NAME", value: args.cluster.id },
                    { name: "VERSION", value: version },
                    { name: "PORT", value: String(ECHO.port) },
                    { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
                  ],
                  resources: {
                    requests: { cpu: "10m", memory: "64Mi" },
                    limits: { memory: "128Mi" },
                  },
                },
              ],
            },
          },
        },
      },
      { parent: this, dependsOn: [args.istiod] },
    );
    this.registerOutputs({});
  }
}
