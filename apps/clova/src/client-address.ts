import { normalizeIP } from "@fastify/rate-limit";
import { isIP, isIPv4 } from "node:net";

/**
 * The client's address as the mesh's gateway saw it: it appends the address to X-Forwarded-For, so
 * that all before the last one is what the client itself claims (Envoy documentation,
 * "x-forwarded-for").
 *
 * @param peer address at the other end of the connection, for requests that no gateway passed on
 * @returns an IPv4 address, or the /64 network of an IPv6 one
 */
export function clientAddress(forwardedFor: string | string[] | undefined, peer: string): string {
  const list = typeof forwardedFor === "string" ? forwardedFor : (forwardedFor?.at(-1) ?? "");
  const last = list.slice(list.lastIndexOf(",") + 1).trim();
  const address = last !== "" && isIP(last) !== 0 ? last : peer;
  // Nearly all are IPv4, of which there is nothing to normalize.
  return isIPv4(address) ? address : normalizeIP(address);
}
