import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { CrdsOnDestroy } from "./istio-crds";
import { releaseArgs } from "../helm/release-args";

export interface GatewayApiArgs {
  /** Release that the cluster's Istio reads, e.g. `1.6.0`; a chart of it is in charts/gateway-api. */
  readonly version: string;
  readonly onDestroy: CrdsOnDestroy;
  /** The system namespace, where Helm keeps its record of the release. */
  readonly namespace: pulumi.Input<string>;
}

/** The Gateway API's custom resource definitions, which no chart of Istio brings along. */
export class GatewayApi extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: GatewayApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:GatewayApi", name, {}, opts);

    this.release = new k8s.helm.v3.Release(
      `${name}-release`,
      {
        ...releaseArgs("gateway-api", args.namespace, { keep: args.onDestroy === "keep" }),
        // Relative, so that the state is the same on everybody's machine.
        chart: `./charts/gateway-api/${args.version}`,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
