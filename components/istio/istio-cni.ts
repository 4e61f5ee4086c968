import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, IstioSource } from "../../config/model";
import { chartSource } from "../helm/chart-source";
import { releaseArgs } from "../helm/release-args";
import { istioCniValues } from "./istio-cni-values";

export interface IstioCniArgs {
  /** The system namespace. */
  readonly namespace: pulumi.Input<string>;
  readonly cluster: Cluster;
  readonly istio: IstioSource;
  /** What has to be done to the nodes' network before. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Istio's plug-in on every node, which leads a pod's traffic to its proxy while the pod's network is
 * made: the pod itself then needs no right to do so, and keeps the Pod Security Standard
 * `restricted` (istio.io "Install the Istio CNI node agent").
 *
 * It comes before istiod, which asks for it in every pod from then on, and goes after: a pod that
 * expects it starts on no node that doesn't have it.
 */
export class IstioCni extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: IstioCniArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:IstioCni", name, {}, opts);

    this.release = new k8s.helm.v3.Release(
      `${name}-release`,
      {
        ...releaseArgs("istio-cni", args.namespace, istioCniValues(args)),
        ...chartSource(args.istio, "cni"),
      },
      { parent: this, dependsOn: [...args.after] },
    );
    this.registerOutputs({});
  }
}
