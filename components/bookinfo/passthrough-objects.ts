import type { ReviewsVersion } from "../../config/bookinfo";
import { NETWORKING_API } from "../https/constants";
import {
  CROSS_NETWORK_PORT,
  EAST_WEST_GATEWAY,
  MTLS_REASON_ANNOTATION,
  SYSTEM_NAMESPACE,
} from "../istio/constants";
import { addressedHost } from "./addressed-objects";
import { BOOKINFO, serviceHost } from "./constants";

const EAST_WEST_SELECTOR = { istio: EAST_WEST_GATEWAY.replace(/^istio-/, "") };

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
