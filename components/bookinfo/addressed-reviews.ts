import { isIP } from "node:net";
import type * as pulumi from "@pulumi/pulumi";
import type { ReviewsVersion } from "../../config/bookinfo";
import {
  CROSS_NETWORK_PORT,
  EAST_WEST_GATEWAY,
  MTLS_REASON_ANNOTATION,
  SYSTEM_NAMESPACE,
} from "../istio/constants";
import { accountName, BOOKINFO, serviceHost } from "./constants";
import { NETWORKING_API } from "../https/constants";

/**
 * Reviews of a cluster that no istiod here reads, only its gateway's address is known.
 *
 * They go by a host of their own: one version, in other clusters. Under the name of the Service
 * itself, istiod would have two answers to where that service is.
 */
export const addressedHost = (version: ReviewsVersion): string =>
  `reviews-${version}.${BOOKINFO.namespace}.global`;

interface Addressed {
  readonly namespace: pulumi.Input<string>;
  readonly version: ReviewsVersion;
  readonly addresses: readonly string[];
}

/** Where the version is, as far as this cluster knows: behind gateways. */
export const addressedReviews = ({ namespace, version, addresses }: Addressed) => ({
  apiVersion: NETWORKING_API,
  kind: "ServiceEntry",
  metadata: { name: `reviews-${version}-by-address`, namespace },
  spec: {
    hosts: [addressedHost(version)],
    location: "MESH_INTERNAL",
    ports: [{ number: BOOKINFO.port, name: "http", protocol: "HTTP" }],
    resolution: addresses.every((address) => isIP(address) !== 0) ? "STATIC" : "DNS",
    endpoints: addresses.map((address) => ({ address, ports: { http: CROSS_NETWORK_PORT } })),
    exportTo: ["."],
  },
});

/** How it is called: with the mesh's own mTLS, end to end, and nobody but the reviews accepted there. */
export const addressedReviewsTls = ({ namespace, version }: Addressed, trustDomain: string) => ({
  apiVersion: NETWORKING_API,
  kind: "DestinationRule",
  metadata: { name: `reviews-${version}-by-address`, namespace },
  spec: {
    host: addressedHost(version),
    trafficPolicy: {
      tls: {
        mode: "ISTIO_MUTUAL",
        // The gateway goes by it.
        sni: addressedHost(version),
        subjectAltNames: [
          `spiffe://${trustDomain}/ns/${BOOKINFO.namespace}/sa/${accountName("reviews")}`,
        ],
      },
    },
    exportTo: ["."],
  },
});

/** Name of the objects of the other side, in the gateways' namespace. */
export const PASSTHROUGH = "reviews-passthrough";

/** The other side: the gateway lets the hosts of these versions in, unopened. */
export const passthroughGateway = (versions: readonly ReviewsVersion[]) => ({
  apiVersion: NETWORKING_API,
  kind: "Gateway",
  metadata: { name: PASSTHROUGH, namespace: SYSTEM_NAMESPACE },
  spec: {
    selector: EAST_WEST_SELECTOR,
    servers: [
      {
        port: { number: CROSS_NETWORK_PORT, name: "tls-reviews", protocol: "TLS" },
        tls: { mode: "PASSTHROUGH" },
        hosts: versions.map(addressedHost),
      },
    ],
  },
});

/** From the gateway each host leads to the pods of its version. */
export const passthroughRoutes = (versions: readonly ReviewsVersion[]) => ({
  apiVersion: NETWORKING_API,
  kind: "VirtualService",
  metadata: { name: PASSTHROUGH, namespace: SYSTEM_NAMESPACE },
  spec: {
    hosts: versions.map(addressedHost),
    gateways: [PASSTHROUGH],
    tls: versions.map((version) => ({
      match: [{ port: CROSS_NETWORK_PORT, sniHosts: [addressedHost(version)] }],
      route: [
        {
          destination: {
            host: serviceHost("reviews"),
            subset: version,
            port: { number: BOOKINFO.port },
          },
        },
      ],
    })),
  },
});

/** What comes in is TLS of the caller's sidecar already; once more around it, nobody could open it. */
export const passthroughTls = (versions: readonly ReviewsVersion[]) => ({
  apiVersion: NETWORKING_API,
  kind: "DestinationRule",
  metadata: {
    name: PASSTHROUGH,
    namespace: SYSTEM_NAMESPACE,
    annotations: {
      [MTLS_REASON_ANNOTATION]:
        "The east-west gateway passes the caller's own mTLS on, it must not wrap it in its own",
    },
  },
  spec: {
    host: serviceHost("reviews"),
    workloadSelector: { matchLabels: EAST_WEST_SELECTOR },
    trafficPolicy: { tls: { mode: "DISABLE" } },
    subsets: versions.map((version) => ({ name: version, labels: { version } })),
    exportTo: ["."],
  },
});

const EAST_WEST_SELECTOR = { istio: EAST_WEST_GATEWAY.replace(/^istio-/, "") };
