import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClovaService, Cluster } from "../../config/model";
import { meshedNamespaceLabels } from "../pod-security";
import { CLOVA } from "./constants";
import { callers, deployment, service } from "./clova-service";
import { destinationRule, route } from "./clova-route";

export interface ClovaExtensionArgs {
  readonly cluster: Cluster;
  readonly trustDomain: string;
  /** Nothing where other clusters run the service. */
  readonly service: ClovaService | undefined;
  /** The host that this cluster's ingress gateway serves, with its Gateway. */
  readonly entry: { readonly host: string; readonly gateway: pulumi.Input<string> } | undefined;
  /** Whether istio-cni leads the pods' traffic to their proxies. */
  readonly istioCni: boolean;
  readonly istiod: pulumi.Resource;
}

/**
 * The Clova extension "mrdebugger" as one cluster sees it: its pods, its way in, or both.
 *
 * The namespace and the Service are the same wherever a part of it is, so that the gateway finds the
 * pods of every cluster under one name.
 */
export class ClovaExtension extends pulumi.ComponentResource {
  constructor(name: string, args: ClovaExtensionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:clova:ClovaExtension", name, {}, opts);

    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: CLOVA.namespace, labels: meshedNamespaceLabels(args.istioCni) } },
      { parent: this },
    );
    const metadata = { name: CLOVA.name, namespace: namespace.metadata.name };
    new k8s.core.v1.Service(`${name}-service`, service(metadata), { parent: this });
    const afterIstiod = { parent: this, dependsOn: [args.istiod] };
    if (args.service !== undefined) {
      const account = new k8s.core.v1.ServiceAccount(
        `${name}-account`,
        { metadata, automountServiceAccountToken: false },
        { parent: this },
      );
      const policy = new k8s.apiextensions.CustomResource(
        `${name}-callers`,
        callers(metadata, args.trustDomain),
        afterIstiod,
      );
      new k8s.apps.v1.Deployment(
        `${name}-deployment`,
        deployment(metadata, {
          cluster: args.cluster,
          account: account.metadata.name,
          service: args.service,
        }),
        { parent: this, dependsOn: [policy] },
      );
    }
    if (args.entry !== undefined) {
      new k8s.apiextensions.CustomResource(
        `${name}-destination`,
        destinationRule(metadata),
        afterIstiod,
      );
      new k8s.apiextensions.CustomResource(
        `${name}-route`,
        route(metadata, args.entry),
        afterIstiod,
      );
    }
    this.registerOutputs({});
  }
}
