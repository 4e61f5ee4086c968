import { BlockList, isIP } from "node:net";

/** Whether a range in CIDR notation is one. */
export const isCidr = (text: string): boolean => parse(text) !== undefined;

/** Whether an address lies in a range; never for what is no address. */
export function contains(cidr: string, address: string): boolean {
  const range = parse(cidr);
  const family = familyOf(address);
  return range !== undefined && family !== undefined && range.check(address, family);
}

/** Whether two ranges have addresses in common; they can only lie one within the other. */
export const overlap = (one: string, other: string): boolean =>
  contains(one, networkOf(other)) || contains(other, networkOf(one));

/** Addresses that nobody outside can reach: RFC 1918, RFC 6598, RFC 4193, link-local. */
export const isPrivate = (address: string): boolean =>
  PRIVATE.some((cidr) => contains(cidr, address));

/** The host of a URL; an IPv6 one without its brackets. */
export const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, "");

const PRIVATE = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
];

const networkOf = (cidr: string): string => cidr.split("/")[0] ?? "";

const familyOf = (address: string): "ipv4" | "ipv6" | undefined =>
  ({ 4: "ipv4" as const, 6: "ipv6" as const })[isIP(address)];

function parse(cidr: string): BlockList | undefined {
  const [network = "", prefix = ""] = cidr.split("/");
  const family = familyOf(network);
  const bits = Number(prefix);
  if (family === undefined || !/^\d+$/.test(prefix) || bits > (family === "ipv4" ? 32 : 128)) {
    return undefined;
  }
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list;
}
