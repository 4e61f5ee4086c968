import { isIP } from "node:net";
import { ConfigError } from "./errors";
import { isDnsLabel } from "./names";

/** Longest DNS name in its textual form (RFC 1035 §2.3.4). */
const MAX_HOST = 253;

/**
 * Last labels that no public certificate authority signs: nobody owns them (RFC 2606, RFC 6761,
 * RFC 6762, RFC 7686, RFC 8375, ICANN's `internal`).
 */
const RESERVED = [
  "alt",
  "example",
  "home.arpa",
  "internal",
  "invalid",
  "local",
  "localhost",
  "onion",
  "test",
] as const;

/**
 * Refuses what is no full DNS name, or none that an ACME server proves by HTTP-01.
 *
 * @param key where the host is configured, e.g. `mesh:clova.host`
 * @throws ConfigError saying what to write instead
 */
export function checkHost(host: string, key: string): void {
  const refuse = (expected: string, fix: string): never => {
    throw new ConfigError(key, expected, host, fix);
  };
  if (host.startsWith("*.")) {
    refuse(
      "one DNS name",
      "HTTP-01 cannot prove a wildcard, write every host by itself, or take a certificate by DNS-01 as docs/https.md says",
    );
  }
  if (isIP(host) !== 0) {
    refuse("a DNS name", "create a DNS record for the address and write its name");
  }
  if (host.includes("/") || host.includes(":")) {
    refuse("a DNS name", "leave out the scheme, the port and the path");
  }
  if (host !== host.toLowerCase()) {
    refuse("a DNS name in lower case", `write ${host.toLowerCase()}`);
  }
  const labels = host.split(".");
  if (labels.length < 2 || host.length > MAX_HOST || !labels.every(isDnsLabel)) {
    refuse(
      "a full DNS name",
      "write e.g. clova.example.com, labels of letters, digits and dashes, umlauts and hangul as punycode (xn--…)",
    );
  }
}

/** The reserved ending of a host that no public authority signs a certificate for, if it has one. */
export const reservedEnding = (host: string): string | undefined =>
  RESERVED.find((ending) => host.endsWith(`.${ending}`));
