import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { chartSource } from "./chart-source";
import { istiodValues, type IstiodValuesArgs } from "./istiod-values";
import { mergeValues } from "./merge-values";
import { releaseArgs } from "./release-args";

export interface ControlPlaneArgs extends IstiodValuesArgs {
  /** The system namespace. */
  readonly namespace: pulumi.Input<string>;
  /** Custom resource definitions that the chart `base` leaves to others. */
  readonly excludedCrds: readonly string[];
  /** The CA's Secret and whatever else has to be there before istiod starts. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * istiod and what is the whole cluster's: the charts `base` and `istiod`.
 *
 * `base.validationFailurePolicy` stays as the chart has it: the webhook ignores failures until istiod
 * has seen itself answer through the API server and makes it `Fail`. Said at once, the first objects
 * after istiod are refused wherever the node's proxy learns of istiod's endpoint a moment later.
 */
export class ControlPlane extends pulumi.ComponentResource {
  readonly istiod: k8s.helm.v3.Release;

  constructor(name: string, args: ControlPlaneArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:ControlPlane", name, {}, opts);

    const { istio } = args;
    const base = new k8s.helm.v3.Release(
      `${name}-base`,
      {
        ...releaseArgs(
          "istio-base",
          args.namespace,
          mergeValues({ base: { excludedCRDs: args.excludedCrds } }, istio.values.base),
        ),
        ...chartSource(istio, "base"),
      },
      { parent: this, dependsOn: [...args.after] },
    );
    this.istiod = new k8s.helm.v3.Release(
      `${name}-istiod`,
      {
        ...releaseArgs("istiod", args.namespace, istiodValues(args)),
        ...chartSource(istio, "istiod"),
      },
      { parent: this, dependsOn: [base] },
    );
    this.registerOutputs({});
  }
}
