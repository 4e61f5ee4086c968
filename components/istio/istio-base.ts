import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { IstioSource } from "../../config/model";
import { chartSource } from "../helm/chart-source";
import { mergeValues } from "../helm/merge-values";
import { releaseArgs } from "../helm/release-args";

export interface IstioBaseArgs {
  /** The system namespace. */
  readonly namespace: pulumi.Input<string>;
  readonly istio: IstioSource;
  /** Custom resource definitions that the chart leaves to others. */
  readonly excludedCrds: readonly string[];
  /** What has to be there before the cluster is Istio's. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * What every control plane of a cluster shares, whatever its revision: the chart `base`.
 *
 * `base.validationFailurePolicy` stays as the chart has it: the webhook ignores failures until istiod
 * has seen itself answer through the API server and makes it `Fail`. Said at once, the first objects
 * after istiod are refused wherever the node's proxy learns of istiod's endpoint a moment later.
 */
export class IstioBase extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: IstioBaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:IstioBase", name, {}, opts);

    const { istio, excludedCrds } = args;
    this.release = new k8s.helm.v3.Release(
      `${name}-release`,
      {
        ...releaseArgs(
          "istio-base",
          args.namespace,
          mergeValues({ base: { excludedCRDs: excludedCrds } }, istio.values.base),
        ),
        ...chartSource(istio, "base"),
      },
      { parent: this, dependsOn: [...args.after] },
    );
    this.registerOutputs({});
  }
}
