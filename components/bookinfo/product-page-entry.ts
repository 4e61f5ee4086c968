import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { pageGateway, pageRoute } from "./page-objects";

export interface ProductPageEntryArgs {
  readonly namespace: pulumi.Input<string>;
  /** Public host. */
  readonly host: string;
  /** `<namespace>/<name>` of the Gateway that serves it; one for plain HTTP is made without it. */
  readonly gateway: pulumi.Input<string> | undefined;
  readonly istiod: pulumi.Resource;
}

/** The product page's way in through this cluster's ingress gateway. */
export class ProductPageEntry extends pulumi.ComponentResource {
  constructor(name: string, args: ProductPageEntryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:bookinfo:ProductPageEntry", name, {}, opts);

    const { namespace, host, istiod } = args;
    const options = { parent: this, dependsOn: [istiod] };
    const gateway =
      args.gateway ??
      pulumi.interpolate`${namespace}/${
        new k8s.apiextensions.CustomResource(
          `${name}-gateway`,
          pageGateway({ namespace, host }),
          options,
        ).metadata.name
      }`;
    new k8s.apiextensions.CustomResource(
      `${name}-route`,
      pageRoute({ namespace, host, gateway }),
      options,
    );
    this.registerOutputs({});
  }
}
