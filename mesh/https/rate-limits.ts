/** A limit of Let's Encrypt's that an order can run into (letsencrypt.org/docs/rate-limits). */
export interface RateLimit {
  /** How its answer begins, whatever case. */
  readonly says: RegExp;
  /** What it counts, with how many and in which time. */
  readonly limit: string;
  /** What helps besides waiting. */
  readonly fix: string;
}

const STAGING =
  "try things out with mesh:https.issuer letsencrypt-staging, whose limits are far wider";

/** As published in 2026; none is lifted on request within its time, and revoking gives nothing back. */
export const RATE_LIMITS: readonly RateLimit[] = [
  {
    says: /already issued for (this )?exact set of (identifiers|domains)/i,
    limit: "5 certificates for the same set of hosts in 7 days, one more every 34 hours",
    fix: `keep the Secret of the certificate that there is, and ${STAGING}`,
  },
  {
    says: /too many failed authorizations/i,
    limit: "5 failed validations of a host by one account in an hour, one more every 12 minutes",
    fix: "correct what made them fail first: the DNS record, or the way to port 80",
  },
  {
    says: /already issued for/i,
    limit: "50 certificates for a registered domain in 7 days, one more every 202 minutes",
    fix: `use fewer hosts of the domain at once, and ${STAGING}`,
  },
  {
    says: /too many new orders/i,
    limit: "300 orders of one account in 3 hours, one more every 36 seconds",
    fix: "let the orders that there are come to their ends",
  },
  {
    says: /too many (new )?registrations/i,
    limit: "10 new accounts from one address in 3 hours, one more every 18 minutes",
    fix: "keep cert-manager's account: don't remove its namespace while you try things out",
  },
];

/** The ACME error type of every limit (RFC 8555 §6.6). */
const RATE_LIMITED = "urn:ietf:params:acme:error:rateLimited";

/** What a server says when a limit is reached. */
export interface RateLimited {
  /** Of Let's Encrypt's limits, where its words are known. */
  readonly known: RateLimit | undefined;
  /** As the server writes it, e.g. `2026-11-22 04:12:00 UTC`. */
  readonly retryAfter: string | undefined;
}

/** What a message of cert-manager's says of a limit; nothing where it is about something else. */
export function rateLimited(message: string): RateLimited | undefined {
  if (!message.includes(RATE_LIMITED)) {
    return undefined;
  }
  return {
    known: RATE_LIMITS.find(({ says }) => says.test(message)),
    retryAfter: /retry after (\d{4}-\d\d-\d\d[T ][\d:]+(?: ?UTC|Z)?)/i.exec(message)?.[1],
  };
}
