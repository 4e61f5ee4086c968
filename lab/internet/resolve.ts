import { isIP } from "node:net";
import { clientFor } from "../../kube/client";
import type { DnsAnswer } from "../../mesh/https/host-facts";
import { existingClusters } from "../cluster";
import { adminKubeconfig } from "../paths";
import { LOAD_BALANCER_DOMAIN, PUBLIC_DNS_NAMESPACE, PUBLIC_DOMAIN } from "../topology";

const NO_RECORD: DnsAnswer = { kind: "error", code: "ENOTFOUND" };

/** What the lab's clusters are told of a public host, or of a load balancer's name. */
export async function resolveInLab(host: string): Promise<DnsAnswer> {
  const address = addressIn(host);
  if (address !== undefined) {
    return { kind: "addresses", addresses: [address] };
  }
  const [cluster] = await existingClusters();
  if (cluster === undefined || !host.endsWith(`.${PUBLIC_DOMAIN}`)) {
    return NO_RECORD;
  }
  const { core } = await clientFor(adminKubeconfig(cluster.name));
  const { items } = await core.listNamespacedService({ namespace: PUBLIC_DNS_NAMESPACE });
  const record = items.find(({ metadata }) => `${metadata?.name}.${PUBLIC_DOMAIN}` === host);
  const target = record?.spec?.externalName;
  return target === undefined ? NO_RECORD : resolveInLab(target);
}

/** `198-18-101-10.ncloud.lb.mesh-lab.test` ⇒ `198.18.101.10`, as every cluster's DNS has it */
export function addressIn(name: string): string | undefined {
  const [label = "", ...domain] = name.split(".");
  const address = label.replaceAll("-", ".");
  return domain.slice(1).join(".") === LOAD_BALANCER_DOMAIN && isIP(address) === 4
    ? address
    : undefined;
}
