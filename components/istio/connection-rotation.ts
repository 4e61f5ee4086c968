import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { SYSTEM_NAMESPACE } from "./constants";

export interface ConnectionRotationArgs {
  /** How old a connection between two proxies may get before its server asks for a new one. */
  readonly seconds: number;
  readonly istiod: pulumi.Resource;
}

/**
 * Lets HTTP connections between proxies end by themselves, after a response, so that an east-west
 * gateway can be replaced and scaled without a lost request.
 *
 * That gateway passes TLS on unopened: it can't ask anybody to leave. Without this a busy peer holds
 * on to the replica that it found first, gives a new one nothing to do, and loses the request in flight
 * when the old one goes.
 *
 * An EnvoyFilter, since Istio's own setting (`connectionSettings.httpMaxConnectionDuration`, from 1.31
 * on) lacks `http1_safe_max_connection_duration`: without it Envoy may close just when the next request
 * arrives. Streams and upgraded connections go on until they end.
 */
export class ConnectionRotation extends pulumi.ComponentResource {
  constructor(name: string, args: ConnectionRotationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:ConnectionRotation", name, {}, opts);

    new k8s.apiextensions.CustomResource(
      `${name}-filter`,
      {
        apiVersion: "networking.istio.io/v1alpha3",
        kind: "EnvoyFilter",
        // In the root namespace it holds for every workload.
        metadata: { name: "connection-rotation", namespace: SYSTEM_NAMESPACE },
        spec: {
          configPatches: [
            {
              applyTo: "NETWORK_FILTER",
              match: {
                context: "SIDECAR_INBOUND",
                listener: { filterChain: { filter: { name: HTTP_CONNECTION_MANAGER } } },
              },
              patch: {
                operation: "MERGE",
                value: {
                  typed_config: {
                    "@type": `type.googleapis.com/${HTTP_CONNECTION_MANAGER_TYPE}`,
                    http1_safe_max_connection_duration: true,
                    common_http_protocol_options: { max_connection_duration: `${args.seconds}s` },
                  },
                },
              },
            },
          ],
        },
      },
      { parent: this, dependsOn: [args.istiod] },
    );
    this.registerOutputs({});
  }
}

const HTTP_CONNECTION_MANAGER = "envoy.filters.network.http_connection_manager";
const HTTP_CONNECTION_MANAGER_TYPE =
  "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
