import assert from "node:assert/strict";
import { get, type OutgoingHttpHeaders } from "node:http";
import { clientOf, SYSTEM } from "./faults";

/** Sends one request from this machine. */
export const ask = (
  host: string,
  path: string,
  options: { readonly port?: number; readonly headers?: OutgoingHttpHeaders } = {},
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    get({ ...options, host, path }, (response) => {
      let text = "";
      response
        .setEncoding("utf8")
        .on("data", (chunk: string) => (text += chunk))
        .on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    }).on("error", reject);
  });

/** What the load balancer of a gateway publishes. */
export async function addressOf(cluster: string, gateway: string): Promise<string> {
  const { core } = await clientOf(cluster);
  const { status } = await core.readNamespacedService({ namespace: SYSTEM, name: gateway });
  const [{ ip, hostname } = {}] = status?.loadBalancer?.ingress ?? [];
  return ip ?? hostname ?? assert.fail(`${gateway} of ${cluster} has no address`);
}

/** The ingress gateway's address as this machine can use it, which can't look up the lab's names. */
export const gatewayHost = async (cluster: string): Promise<string> =>
  numeric(await addressOf(cluster, "istio-ingressgateway"));

/** `198-18-101-10.ncloud.lb.mesh-lab.test` ⇒ `198.18.101.10` */
const numeric = (address: string): string =>
  /^\d+-\d+-\d+-\d+/.exec(address)?.[0].replaceAll("-", ".") ?? address;
