import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { HelmValues } from "../../config/model";
import { mergeValues } from "../helm/merge-values";
import { releaseArgs } from "../helm/release-args";

export interface MetricsServerArgs {
  /** Merged over ours, e.g. `{ args: ["--kubelet-insecure-tls"] }`. */
  readonly values: HelmValues;
}

/** Newest chart whose release notes were read; its metrics-server is 0.8.1. */
const VERSION = "3.13.1";

/**
 * The metrics API (metrics.k8s.io) for clusters that come without: horizontal pod autoscalers read
 * the CPU of gateways and istiod from it.
 *
 * Source: the chart of github.com/kubernetes-sigs/metrics-server.
 */
export class MetricsServer extends pulumi.ComponentResource {
  constructor(name: string, args: MetricsServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:cloud:MetricsServer", name, {}, opts);

    new k8s.helm.v3.Release(
      `${name}-release`,
      {
        ...releaseArgs("metrics-server", "kube-system", mergeValues(DEFAULTS, args.values)),
        chart: "metrics-server",
        version: VERSION,
        repositoryOpts: { repo: "https://kubernetes-sigs.github.io/metrics-server" },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** Two, and one at a time: without metrics no autoscaler knows what to do. */
const DEFAULTS: HelmValues = {
  replicas: 2,
  podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "kubernetes.io/hostname",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { "app.kubernetes.io/name": "metrics-server" } },
    },
  ],
};
