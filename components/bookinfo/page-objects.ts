import type * as pulumi from "@pulumi/pulumi";
import { INGRESS_GATEWAY } from "../istio/constants";
import { NETWORKING_API } from "../https/constants";
import { BOOKINFO, serviceHost } from "./constants";

interface Host {
  readonly namespace: pulumi.Input<string>;
  readonly host: string;
}

/** The product page's host at the ingress gateway, in plain HTTP. */
export const pageGateway = ({ namespace, host }: Host) => ({
  apiVersion: NETWORKING_API,
  kind: "Gateway",
  metadata: { name: "bookinfo", namespace },
  spec: {
    selector: { istio: INGRESS_GATEWAY.replace(/^istio-/, "") },
    servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: [`./${host}`] }],
  },
});

/** What of the product page is public (istio samples/bookinfo/networking/bookinfo-gateway.yaml, and its first page). */
const PUBLIC = [
  { uri: { exact: "/" } },
  { uri: { exact: "/productpage" } },
  { uri: { prefix: "/static" } },
  { uri: { exact: "/login" } },
  { uri: { exact: "/logout" } },
  { uri: { prefix: "/api/v1/products" } },
];

/** Where the host's requests go: to the product page, in whichever cluster it runs. */
export const pageRoute = ({
  namespace,
  host,
  gateway,
}: Host & {
  /** `<namespace>/<name>` of the Gateway that serves the host. */
  readonly gateway: pulumi.Input<string>;
}) => ({
  apiVersion: NETWORKING_API,
  kind: "VirtualService",
  metadata: { name: "bookinfo", namespace },
  spec: {
    hosts: [host],
    gateways: [gateway],
    http: [
      {
        match: PUBLIC,
        route: [
          {
            destination: { host: serviceHost("productpage"), port: { number: BOOKINFO.port } },
          },
        ],
      },
    ],
  },
});
