import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { releaseArgs } from "../helm/release-args";

/** What becomes of custom resource definitions when their stack is destroyed. */
export type CrdsOnDestroy = "delete" | "keep";

export interface IstioCrdsArgs {
  /** Minor whose chart in charts/istio-crds is installed, e.g. `1.31`. */
  readonly minor: string;
  readonly onDestroy: CrdsOnDestroy;
  /** The system namespace, where Helm keeps its record of the release. */
  readonly namespace: pulumi.Input<string>;
}

/**
 * Istio's custom resource definitions, as a release of their own: those of the chart `base` can't be
 * removed again.
 *
 * Whoever keeps them on destroy also takes over the ones that are there, e.g. of an earlier
 * installation by other hands. Without `keep`, Helm refuses those: destroying this stack would
 * delete what others made of these kinds.
 */
export class IstioCrds extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: IstioCrdsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:IstioCrds", name, {}, opts);

    const keep = args.onDestroy === "keep";
    this.release = new k8s.helm.v3.Release(
      `${name}-release`,
      {
        ...releaseArgs("istio-crds", args.namespace, { keep }),
        // Relative, so that the state is the same on everybody's machine.
        chart: `./charts/istio-crds/${args.minor}`,
        takeOwnership: keep,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
