import * as pulumi from "@pulumi/pulumi";
import type { Cluster, IstioSource } from "../../config/model";
import { INGRESS_GATEWAY } from "./constants";
import { gatewayDisruptionBudget } from "./gateway-disruption-budget";
import { gatewayRelease } from "./gateway-release";
import { ingressGatewayValues } from "./gateway-values";

export interface IngressGatewayArgs {
  /** The system namespace. */
  readonly namespace: pulumi.Input<string>;
  readonly cluster: Cluster;
  readonly istio: IstioSource;
  /** Whether the cluster has metrics to scale by. */
  readonly autoscale: boolean;
  /** See `mesh:connectionSeconds`. */
  readonly connectionSeconds: number;
  readonly istiod: pulumi.Resource;
}

/** The gateway that the public enters the mesh by. */
export class IngressGateway extends pulumi.ComponentResource {
  /** Address or host name of its load balancer. */
  readonly address: pulumi.Output<string | undefined>;

  constructor(name: string, args: IngressGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:IngressGateway", name, {}, opts);

    const { namespace, istio, istiod } = args;
    const values = ingressGatewayValues(args);
    const { release, address } = gatewayRelease(
      name,
      { gateway: INGRESS_GATEWAY, namespace, istio, values, istiod },
      this,
    );
    this.address = address;
    gatewayDisruptionBudget(name, { gateway: INGRESS_GATEWAY, namespace, values, release }, this);
    this.registerOutputs({ address });
  }
}
