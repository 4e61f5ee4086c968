import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { authorizationPolicy, COLLECTOR_ACCESS, JAEGER_ACCESS } from "./access";
import { OBSERVABILITY } from "./constants";
import { jaegerConfigMap, jaegerDeployment, jaegerServices } from "./jaeger-objects";

export interface JaegerArgs {
  /** The namespace of all that observes. */
  readonly namespace: pulumi.Input<string>;
  readonly trustDomain: string;
  readonly image: string;
  readonly maxTraces: number;
  readonly istiod: pulumi.Resource;
}

/**
 * The one Jaeger of the mesh. The proxies of every cluster report to it by OTLP, over the mesh's own
 * mTLS; a request that goes from one cluster to another is so one trace.
 *
 * Objects of ours instead of a chart: Jaeger's own brings storages and operators along, and is a
 * Deployment, a ConfigMap and two Services without them.
 */
export class Jaeger extends pulumi.ComponentResource {
  constructor(name: string, args: JaegerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Jaeger", name, {}, opts);

    const { namespace, trustDomain, image, maxTraces, istiod } = args;
    const child = { parent: this };
    const meshed = { ...child, dependsOn: [istiod] };
    new k8s.core.v1.ServiceAccount(
      `${name}-account`,
      {
        metadata: { name: OBSERVABILITY.jaeger, namespace },
        automountServiceAccountToken: false,
      },
      child,
    );
    new k8s.core.v1.ConfigMap(
      `${name}-configuration`,
      jaegerConfigMap(namespace, maxTraces),
      child,
    );
    const [collector, pages] = jaegerServices(namespace);
    new k8s.core.v1.Service(`${name}-collector`, collector, child);
    new k8s.core.v1.Service(`${name}-pages`, pages, child);
    for (const access of [COLLECTOR_ACCESS, JAEGER_ACCESS]) {
      const policy = authorizationPolicy(access, trustDomain);
      new k8s.apiextensions.CustomResource(
        `${name}-policy-${access.name}`,
        { ...policy, metadata: { ...policy.metadata, namespace } },
        meshed,
      );
    }
    new k8s.apps.v1.Deployment(
      `${name}-deployment`,
      jaegerDeployment(namespace, image, maxTraces),
      meshed,
    );
    this.registerOutputs({});
  }
}
