import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ReviewsVersion } from "../../config/bookinfo";
import { passthroughGateway, passthroughRoutes, passthroughTls } from "./passthrough-objects";

export interface ReviewsPassthroughArgs {
  /** Versions of this cluster that others call by its gateway's address. */
  readonly versions: readonly ReviewsVersion[];
  readonly istiod: pulumi.Resource;
}

/** Lets clusters that are no peers call reviews here through the east-west gateway. */
export class ReviewsPassthrough extends pulumi.ComponentResource {
  constructor(name: string, args: ReviewsPassthroughArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:bookinfo:ReviewsPassthrough", name, {}, opts);

    const { versions, istiod } = args;
    const options = { parent: this, dependsOn: [istiod] };
    new k8s.apiextensions.CustomResource(`${name}-gateway`, passthroughGateway(versions), options);
    new k8s.apiextensions.CustomResource(`${name}-routes`, passthroughRoutes(versions), options);
    new k8s.apiextensions.CustomResource(`${name}-tls`, passthroughTls(versions), options);
    this.registerOutputs({});
  }
}
