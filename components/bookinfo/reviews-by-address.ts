import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ReviewsRoute } from "../../config/bookinfo";
import { addressedReviews, addressedReviewsTls } from "./addressed-objects";

export interface ReviewsByAddressArgs {
  readonly namespace: pulumi.Input<string>;
  readonly trustDomain: string;
  /** Routes with addresses. */
  readonly routes: readonly ReviewsRoute[];
  readonly istiod: pulumi.Resource;
}

/**
 * Versions of reviews in clusters that the mesh doesn't join, called by their gateways' addresses.
 * Both sides have to trust the same root.
 */
export class ReviewsByAddress extends pulumi.ComponentResource {
  constructor(name: string, args: ReviewsByAddressArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:bookinfo:ReviewsByAddress", name, {}, opts);

    const { namespace, trustDomain, routes, istiod } = args;
    const options = { parent: this, dependsOn: [istiod] };
    for (const { version, addresses } of routes) {
      const addressed = { namespace, version, addresses };
      new k8s.apiextensions.CustomResource(
        `${name}-${version}`,
        addressedReviews(addressed),
        options,
      );
      new k8s.apiextensions.CustomResource(
        `${name}-${version}-tls`,
        addressedReviewsTls(addressed, trustDomain),
        options,
      );
    }
    this.registerOutputs({});
  }
}
