import { isIP } from "node:net";

/** A record that the owner of a domain has to create. */
export interface DnsRecord {
  readonly host: string;
  readonly type: "A" | "AAAA" | "CNAME";
  readonly value: string;
}

const TYPES = { 0: "CNAME", 4: "A", 6: "AAAA" } as const;

/** @param target address or host name of a load balancer: NHN publishes the first, NAVER the second */
export const dnsRecord = (host: string, target: string): DnsRecord => ({
  host,
  type: TYPES[isIP(target) as keyof typeof TYPES],
  value: target,
});
