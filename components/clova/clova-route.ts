import type * as pulumi from "@pulumi/pulumi";
import { NETWORKING_API } from "../https/constants";
import { CLOVA } from "./constants";

/** CEK ends the conversation after eight seconds (LINE's guide, "Response message"). */
const TIMEOUT = "8s";

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
              host: `${CLOVA.name}.${CLOVA.namespace}.svc.cluster.local`,
              port: { number: CLOVA.servicePort },
            },
          },
        ],
        timeout: TIMEOUT,
        // Only what can't have reached the service: a request may do something in the world.
        retries: { attempts: 2, retryOn: "connect-failure,refused-stream" },
      },
    ],
  },
});
