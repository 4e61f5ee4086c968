import { CROSS_NETWORK_PORT, SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import type { KubeClient } from "../../../kube/client";
import { CommandFailed, execInPod } from "../../../kube/pod-exec";
import type { Reach, ReachOutcome } from "../facts";

/** Longer than a handshake around the world takes. */
const PATIENCE_MS = 3000;

/**
 * Calls an address from a gateway's pod.
 *
 * The proxy's image may hold no shell and no client, but always has `pilot-agent`, whose `wait`
 * makes one HTTPS request and says in Go's words what came of it. It can't show an Istio ALPN, so a
 * gateway's Envoy cuts it off: just that is the good answer. What the gateway answers those who can
 * is `gateway-tls`'s to see.
 */
export async function reachFrom(
  client: KubeClient,
  pod: string,
  address: string,
  signal: AbortSignal,
): Promise<Reach> {
  const host = address.includes(":") ? `[${address}]` : address;
  const command = [
    "/usr/local/bin/pilot-agent",
    "wait",
    `--url=https://${host}:${CROSS_NETWORK_PORT}/`,
    `--requestTimeoutMillis=${PATIENCE_MS}`,
    // One attempt: it begins after the period, and there is no time for another.
    "--timeoutSeconds=1",
    "--periodMillis=600",
  ];
  const target = { namespace: SYSTEM_NAMESPACE, pod, container: "istio-proxy" };
  try {
    await execInPod(client, target, command, { signal });
    return { address, outcome: "answered", said: "an HTTPS server answered 200" };
  } catch (error) {
    if (!(error instanceof CommandFailed)) {
      throw error;
    }
    const said = lastError(error.reason);
    return { address, outcome: outcomeOf(said), said };
  }
}

/** `… Last error: Get "https://…": dial tcp …: connection refused` ⇒ `dial tcp …: connection refused` */
export function lastError(output: string): string {
  const [, said] = /Last error: (?:Get "[^"]*": )?(.+)/.exec(output) ?? [];
  return said?.trim() ?? output.trim().split("\n").at(-1) ?? "";
}

/** Words of Go's net, net/http and crypto/tls, which are kept from version to version. */
const WORDS: readonly (readonly [RegExp, ReachOutcome])[] = [
  [/no such host|server misbehaving|Temporary failure in name resolution/, "unresolved"],
  [/connection refused/, "refused"],
  [
    /deadline exceeded|i\/o timeout|Client\.Timeout|TLS handshake timeout|no route to host|network is unreachable/,
    "silent",
  ],
  [/connection reset by peer|\bEOF\b/, "passthrough"],
  [/x509:|tls: |HTTP status code|server gave HTTP response|malformed HTTP|http2: /, "answered"],
];

export const outcomeOf = (said: string): ReachOutcome =>
  WORDS.find(([words]) => words.test(said))?.[1] ?? "unknown";
