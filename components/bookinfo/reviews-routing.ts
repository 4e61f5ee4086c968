import type * as pulumi from "@pulumi/pulumi";
import type { ReviewsRoute, ReviewsVersion } from "../../config/bookinfo";
import { addressedHost } from "./addressed-objects";
import { BOOKINFO, serviceHost } from "./constants";
import { NETWORKING_API } from "../https/constants";

const REVIEWS = serviceHost("reviews");

/** Which pods are which version, wherever they run. */
export const reviewsSubsets = (
  namespace: pulumi.Input<string>,
  versions: readonly ReviewsVersion[],
) => ({
  apiVersion: NETWORKING_API,
  kind: "DestinationRule",
  metadata: { name: "reviews", namespace },
  spec: {
    host: REVIEWS,
    subsets: versions.map((version) => ({ name: version, labels: { version } })),
  },
});

/**
 * The shares of the versions, in one rule: of two rules with the same match the second is dead. It
 * holds for the sidecars (`mesh`), where the calls come from.
 */
export const reviewsShares = (
  namespace: pulumi.Input<string>,
  routes: readonly ReviewsRoute[],
) => ({
  apiVersion: NETWORKING_API,
  kind: "VirtualService",
  metadata: { name: "reviews", namespace },
  spec: {
    hosts: [REVIEWS],
    gateways: ["mesh"],
    http: [
      {
        route: routes.map(({ version, weight, addresses }) => ({
          destination: {
            ...(addresses.length > 0
              ? { host: addressedHost(version) }
              : { host: REVIEWS, subset: version }),
            port: { number: BOOKINFO.port },
          },
          weight,
        })),
      },
    ],
  },
});
