import * as pulumi from "@pulumi/pulumi";
import type { Cluster, IstioSource } from "../../config/model";
import { EAST_WEST_GATEWAY } from "./constants";
import { gatewayDisruptionBudget } from "./gateway-disruption-budget";
import { gatewayRelease } from "./gateway-release";
import { eastWestGatewayValues } from "./gateway-values";

export interface EastWestGatewayArgs {
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

/**
 * The gateway that the other networks' workloads enter this one by.
 *
 * Every istiod finds it by the network label of its Service, and gives its address to its proxies
 * in place of this cluster's pods.
 */
export class EastWestGateway extends pulumi.ComponentResource {
  /** Address or host name of its load balancer. */
  readonly address: pulumi.Output<string | undefined>;

  constructor(name: string, args: EastWestGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:EastWestGateway", name, {}, opts);

    const { namespace, istio, istiod } = args;
    const values = eastWestGatewayValues(args);
    const { release, address } = gatewayRelease(
      name,
      { gateway: EAST_WEST_GATEWAY, namespace, istio, values, istiod },
      this,
    );
    this.address = address;
    gatewayDisruptionBudget(name, { gateway: EAST_WEST_GATEWAY, namespace, values, release }, this);
    this.registerOutputs({ address });
  }
}
