import type * as pulumi from "@pulumi/pulumi";
import { NETWORKING_API } from "../https/constants";
import { CONNECT_TIMEOUT, IDLE_TIMEOUT, UNSENT } from "../upstream";
import { CLOVA } from "./constants";

/** CEK ends the conversation after eight seconds (LINE's guide, "Response message"). */
const TIMEOUT = "8s";

const HOST = `${CLOVA.name}.${CLOVA.namespace}.svc.cluster.local`;

/** Where the host's requests go: to the service's pods, in whichever cluster they are. */
export const route = (
  metadata: { readonly name: string; readonly namespace: pulumi.Input<string> },
  { host, gateway }: { readonly host: string; readonly gateway: pulumi.Input<string> },
) => ({
  apiVersion: NETWORKING_API,
  kind: "VirtualService",
  metadata,
  spec: {
    hosts: [host],
    gateways: [gateway],
    http: [
      {
        route: [
          {
            destination: {
              host: HOST,
              port: { number: CLOVA.servicePort },
            },
          },
        ],
        timeout: TIMEOUT,
        // Only what can't have reached the service: a request may do something in the world.
        retries: { attempts: 2, retryOn: UNSENT },
      },
    ],
  },
});

/** How the ingress gateway reaches the service's pods. */
export const destinationRule = (metadata: {
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
}) => ({
  apiVersion: NETWORKING_API,
  kind: "DestinationRule",
  metadata,
  spec: {
    host: HOST,
    trafficPolicy: {
      connectionPool: {
        tcp: { connectTimeout: CONNECT_TIMEOUT },
        http: { idleTimeout: IDLE_TIMEOUT },
      },
    },
  },
});
