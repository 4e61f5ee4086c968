import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { chartSource } from "./chart-source";
import { istiodValues, type IstiodValuesArgs } from "./istiod-values";
import { mergeValues } from "./merge-values";
import { releaseArgs } from "./release-args";

export interface ControlPlaneArgs extends IstiodValuesArgs {
  /** The system namespace. */
  readonly namespace: pulumi.Input<string>;
  /** The CA's Secret and whatever else has to be there before istiod starts. */
  readonly after: readonly pulumi.Resource[];
}

/** Istio's custom resource definitions and istiod: the charts `base` and `istiod`. */
export class ControlPlane extends pulumi.ComponentResource {
  readonly istiod: k8s.helm.v3.Release;

  constructor(name: string, args: ControlPlaneArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:ControlPlane", name, {}, opts);

    const { istio } = args;
    const base = new k8s.helm.v3.Release(
      `${name}-base`,
      {
        ...releaseArgs("istio-base", args.namespace, mergeValues(BASE_VALUES, istio.values.base)),
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

/**
 * istiod turns the webhook's policy from Ignore to Fail when it is ready; said at once, the charts
 * and the cluster agree from the start (istio/istio issue 57643).
 */
const BASE_VALUES = { base: { validationFailurePolicy: "Fail" } };
