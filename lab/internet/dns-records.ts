import { isIP } from "node:net";
import type { V1Service } from "@kubernetes/client-node";
import { clientFor } from "../../kube/client";
import { apply } from "../kube";
import { adminKubeconfig } from "../paths";
import {
  loadBalancerHostname,
  PUBLIC_DNS_NAMESPACE,
  PUBLIC_DOMAIN,
  type LabCluster,
} from "../topology";

/** A record of the lab's own domain. */
export interface PublicRecord {
  /** A name directly below {@link PUBLIC_DOMAIN}. */
  readonly host: string;
  /** Address or host name of a load balancer. */
  readonly target: string;
}

/**
 * The object that stands for a record in a cluster's DNS.
 *
 * An address becomes the name that holds it: a Service can stand for another name only.
 *
 * @throws RangeError for a host that is not directly below the lab's domain
 */
export function recordObject({ host, target }: PublicRecord): V1Service {
  const name = host.slice(0, -`.${PUBLIC_DOMAIN}`.length);
  if (`${name}.${PUBLIC_DOMAIN}` !== host || !/^[a-z0-9-]+$/.test(name)) {
    throw new RangeError(`${host} is no name directly below ${PUBLIC_DOMAIN}`);
  }
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace: PUBLIC_DNS_NAMESPACE, name },
    spec: {
      type: "ExternalName",
      externalName: isIP(target) === 0 ? target : loadBalancerHostname("public", target),
    },
  };
}

/** Creates or changes a record where every cluster's DNS looks it up. */
export async function setRecord(
  clusters: readonly Pick<LabCluster, "name">[],
  record: PublicRecord,
): Promise<void> {
  for (const { name } of clusters) {
    await apply(await clientFor(adminKubeconfig(name)), [recordObject(record)]);
  }
}

/** Removes a host's record, if there is one. */
export async function removeRecord(
  clusters: readonly Pick<LabCluster, "name">[],
  host: string,
): Promise<void> {
  const { metadata } = recordObject({ host, target: PUBLIC_DOMAIN });
  for (const { name } of clusters) {
    const { core } = await clientFor(adminKubeconfig(name));
    const { items } = await core.listNamespacedService({ namespace: PUBLIC_DNS_NAMESPACE });
    if (items.some((item) => item.metadata?.name === metadata?.name)) {
      await core.deleteNamespacedService({
        namespace: PUBLIC_DNS_NAMESPACE,
        name: metadata?.name as string,
      });
    }
  }
}

/** What the ingress gateway's load balancer of a cluster publishes; nothing before it has an address. */
export async function ingressTarget({
  name,
}: Pick<LabCluster, "name">): Promise<string | undefined> {
  const { core } = await clientFor(adminKubeconfig(name));
  const { status } = await core.readNamespacedService({
    namespace: "istio-system",
    name: "istio-ingressgateway",
  });
  const [ingress] = status?.loadBalancer?.ingress ?? [];
  return ingress?.ip ?? ingress?.hostname;
}
