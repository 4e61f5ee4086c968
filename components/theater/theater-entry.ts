import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { INGRESS_GATEWAY, SYSTEM_NAMESPACE } from "../istio/constants";
import { NETWORKING_API } from "../https/constants";
import { THEATER } from "./constants";
import { publicRoute } from "./traffic";

export interface TheaterEntryArgs {
  /** Public host, or `*` for whatever the gateway is called. */
  readonly host: string;
  /** `<namespace>/<name>` of the Gateway that serves the host; one for plain HTTP is made without it. */
  readonly gateway: pulumi.Input<string> | undefined;
  readonly istiod: pulumi.Resource;
}

/** The theater's way in through this cluster's ingress gateway. */
export class TheaterEntry extends pulumi.ComponentResource {
  constructor(name: string, args: TheaterEntryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:theater:TheaterEntry", name, {}, opts);

    const { host, istiod } = args;
    const afterIstiod = { parent: this, dependsOn: [istiod] };
    const gateway =
      args.gateway ??
      new k8s.apiextensions.CustomResource(
        `${name}-gateway`,
        plainGateway(host),
        afterIstiod,
      ).metadata.name.apply((own) => `${SYSTEM_NAMESPACE}/${own}`);
    new k8s.apiextensions.CustomResource(`${name}-route`, publicRoute(host, gateway), afterIstiod);
    this.registerOutputs({});
  }
}

const plainGateway = (host: string) => ({
  apiVersion: NETWORKING_API,
  kind: "Gateway",
  metadata: { name: THEATER.name, namespace: SYSTEM_NAMESPACE },
  spec: {
    // The label by which the `gateway` chart marks the ingress gateway's pods.
    selector: { istio: INGRESS_GATEWAY.replace(/^istio-/, "") },
    servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: [`./${host}`] }],
  },
});
