import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { HelmValues, IstioSource } from "../../config/model";
import { chartSource } from "../helm/chart-source";
import { releaseArgs } from "../helm/release-args";

export interface GatewayReleaseArgs {
  /** Name of the Helm release, its Deployment and its Service. */
  readonly gateway: string;
  /** The system namespace. */
  readonly namespace: pulumi.Input<string>;
  readonly istio: IstioSource;
  readonly values: HelmValues;
  /** istiod, whose webhook fills in the proxy's image; without it the pods can't start. */
  readonly istiod: pulumi.Resource;
}

/** The Helm release of one gateway, and the address that its load balancer got. */
export function gatewayRelease(
  name: string,
  args: GatewayReleaseArgs,
  parent: pulumi.Resource,
): { release: k8s.helm.v3.Release; address: pulumi.Output<string | undefined> } {
  const release = new k8s.helm.v3.Release(
    `${name}-release`,
    {
      ...releaseArgs(args.gateway, args.namespace, args.values),
      ...chartSource(args.istio, "gateway"),
    },
    { parent, dependsOn: [args.istiod] },
  );
  const service = k8s.core.v1.Service.get(
    `${name}-service`,
    pulumi.interpolate`${release.status.namespace}/${release.status.name}`,
    { parent, dependsOn: [release] },
  );
  return { release, address: service.status.apply(loadBalancerAddress) };
}

/** The part of a Service's status that says where its load balancer listens. */
interface LoadBalancerStatus {
  readonly loadBalancer?: {
    readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[];
  };
}

/** Host name or address of a Service's load balancer: NAVER publishes the first, NHN the second. */
export function loadBalancerAddress(status: LoadBalancerStatus | undefined): string | undefined {
  const ingress = status?.loadBalancer?.ingress?.[0];
  return ingress?.ip ?? ingress?.hostname;
}
