import type { Verdict } from "../preflight/check";
import type { ChallengeFacts, HostFacts } from "./host-facts";
import { rateLimited } from "./rate-limits";

/** An ACME server that answers takes an order within seconds. */
const PATIENCE_MS = 20_000;

/** What the server says of errors that no repetition mends (RFC 8555 §6.7), and what to do. */
const REFUSALS: readonly { readonly says: RegExp; readonly fix: string }[] = [
  {
    says: /acme:error:caa/,
    fix: "Let the domain's CAA record name the certificate authority, or remove it.",
  },
  {
    says: /acme:error:rejectedIdentifier/,
    fix: "Write another host: this authority signs nothing for it.",
  },
  {
    says: /acme:error:(dns|connection|tls|unauthorized|incorrectResponse)/,
    fix: "Let http://HOST/.well-known/acme-challenge/ reach the ingress gateway from the internet: DNS record, firewall, port 80 of the load balancer.",
  },
];

/** What stands between an order and its certificate, where neither DNS nor account do. */
export function orderVerdicts(facts: HostFacts, now: Date): Verdict[] {
  const { host, certificate, order, challenges, issuer } = facts;
  const messages = [
    order?.reason ?? "",
    ...challenges.map(({ reason }) => reason),
    certificate?.issuing?.message ?? "",
    certificate?.ready?.message ?? "",
  ];
  const [answer] = messages.flatMap((message) => answerOf(host, message));
  if (answer !== undefined) {
    return [answer];
  }
  const waiting = challenges.find(
    ({ state, reason }) => (state === undefined || state === "pending") && reason !== "",
  );
  if (waiting !== undefined) {
    return [selfCheck(host, waiting)];
  }
  if (
    order !== undefined &&
    order.state === undefined &&
    now.getTime() - Date.parse(order.createdAt) > PATIENCE_MS
  ) {
    return [
      {
        severity: "error",
        what: `The ACME server${issuer?.directory ? ` ${issuer.directory}` : ""} has not taken the order for ${host} since ${order.createdAt}.`,
        fix: "See whether the cluster reaches the server; cert-manager tries again by itself.",
      },
    ];
  }
  return [];
}

/** What a message of cert-manager's repeats of an ACME server's answer. */
function answerOf(host: string, message: string): Verdict[] {
  const limited = rateLimited(message);
  if (limited !== undefined) {
    const { known, retryAfter } = limited;
    return [
      {
        severity: "error",
        what: `The certificate authority signs no more for ${host} for now${known ? ` (${known.limit})` : ""}${retryAfter ? `, until ${retryAfter}` : ""}.`,
        fix: `Wait, cert-manager asks again by itself; ${known?.fix ?? "see the authority's limits"}.`,
        link: "https://letsencrypt.org/docs/rate-limits/",
      },
    ];
  }
  const refusal = REFUSALS.find(({ says }) => says.test(message));
  return refusal === undefined
    ? []
    : [
        {
          severity: "error",
          what: `The certificate authority refused ${host}: ${message}`,
          fix: refusal.fix.replace("HOST", host),
        },
      ];
}

/** cert-manager asks for its own challenge first, from inside the cluster. */
const selfCheck = (host: string, { reason }: ChallengeFacts): Verdict => ({
  severity: "error",
  what: `The cluster itself does not get the challenge at http://${host}/.well-known/acme-challenge/: ${reason}.`,
  fix: "Let the cluster's DNS resolve the host, and its nodes reach the load balancer on port 80.",
});
