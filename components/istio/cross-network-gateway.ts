import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CROSS_NETWORK_PORT, EAST_WEST_GATEWAY, SYSTEM_NAMESPACE } from "./constants";

export interface CrossNetworkGatewayArgs {
  /** Hosts of the services that other networks may call, e.g. `*.local` for all. */
  readonly hosts: readonly string[];
  readonly istiod: pulumi.Resource;
}

/**
 * Opens the east-west gateway for the mesh's own mTLS: traffic goes on by its SNI, unopened, to the
 * service it names (istio.io samples/multicluster/expose-services.yaml).
 */
export class CrossNetworkGateway extends pulumi.ComponentResource {
  constructor(name: string, args: CrossNetworkGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:CrossNetworkGateway", name, {}, opts);

    new k8s.apiextensions.CustomResource(
      `${name}-gateway`,
      {
        apiVersion: "networking.istio.io/v1",
        kind: "Gateway",
        metadata: { name: "cross-network-gateway", namespace: SYSTEM_NAMESPACE },
        spec: {
          selector: { istio: EAST_WEST_GATEWAY.replace(/^istio-/, "") },
          servers: [
            {
              port: { number: CROSS_NETWORK_PORT, name: "tls", protocol: "TLS" },
              tls: { mode: "AUTO_PASSTHROUGH" },
              hosts: args.hosts,
            },
          ],
        },
      },
      { parent: this, dependsOn: [args.istiod] },
    );
    this.registerOutputs({});
  }
}
