import { isIP } from "node:net";
import type * as pulumi from "@pulumi/pulumi";
import type { ReviewsVersion } from "../../config/bookinfo";
import { CROSS_NETWORK_PORT } from "../istio/constants";
import { accountName, BOOKINFO } from "./constants";
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
