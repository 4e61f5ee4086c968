import { promises as dns } from "node:dns";
import type { DnsAnswer } from "./host-facts";

const TIMEOUT_MS = 2000;
const TRIES = 2;

/** What this machine's name servers say, without its own hosts file and search domains. */
export async function resolvePublic(host: string): Promise<DnsAnswer> {
  const resolver = new dns.Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const addresses = [four, six].flatMap((answer) =>
    answer.status === "fulfilled" ? answer.value : [],
  );
  if (addresses.length > 0) {
    return { kind: "addresses", addresses };
  }
  return { kind: "error", code: codeOf(four) };
}

const codeOf = (answer: PromiseSettledResult<unknown>): string =>
  (answer.status === "rejected" && (answer.reason as NodeJS.ErrnoException).code) || "ENODATA";
