import { normalizeIP } from "@fastify/rate-limit";
import { isIP } from "node:net";

/**
 * The client's address as the mesh's gateway saw it: it appends the address to X-Forwarded-For, so
 * that all before the last one is what the client itself claims (Envoy documentation,
 * "x-forwarded-for").
 *
 * @param peer address at the other end of the connection, for requests that no gateway passed on
 * @returns an IPv4 address, or the /64 network of an IPv6 one
 */
export function clientAddress(forwardedFor: string | string[] | undefined, peer: string): string {
  const last = [forwardedFor].flat().join(",").split(",").at(-1)?.trim() ?? "";
  const address = isIP(last) === 0 ? peer : last;
  // Nearly all are IPv4, of which there is nothing to normalize.
  return isIP(address) === 4 ? address : normalizeIP(address);
}
