import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { chartSource } from "../helm/chart-source";
import { istiodValues, type IstiodValuesArgs } from "./istiod-values";
import { releaseArgs } from "../helm/release-args";

export interface ControlPlaneArgs extends IstiodValuesArgs {
  /** The system namespace. */
  readonly namespace: pulumi.Input<string>;
  /** The CA's Secret and whatever else has to be there before istiod starts. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * One control plane: istiod of one revision, the chart `istiod`.
 *
 * Two of different revisions can run side by side, which is how workloads move to another version of
 * Istio a few at a time (istio.io "Canary Upgrades").
 */
export class ControlPlane extends pulumi.ComponentResource {
  readonly istiod: k8s.helm.v3.Release;

  constructor(name: string, args: ControlPlaneArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:ControlPlane", name, {}, opts);

    const release = args.revision === undefined ? "istiod" : `istiod-${args.revision}`;
    this.istiod = new k8s.helm.v3.Release(
      `${name}-istiod`,
      {
        ...releaseArgs(release, args.namespace, istiodValues(args)),
        ...chartSource(args.istio, "istiod"),
      },
      { parent: this, dependsOn: [...args.after] },
    );
    this.registerOutputs({});
  }
}
