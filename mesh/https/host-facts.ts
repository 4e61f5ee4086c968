import type { DnsRecord } from "../../components/https/dns-record";

/** One condition of an object of cert-manager's. */
export interface Condition {
  readonly status: string;
  readonly message: string;
}

/** What is known of a public host and its certificate. Times are RFC 3339, as the API gives them. */
export interface HostFacts {
  readonly host: string;
  /** What its DNS record has to be; nothing while the gateway has no address. */
  readonly record: DnsRecord | undefined;
  /** Addresses that `record` stands for; none where they can't be told. */
  readonly expected: readonly string[];
  readonly dns: DnsAnswer;
  /** The host's ClusterIssuer; nothing where there is none of its name. */
  readonly issuer: IssuerFacts | undefined;
  /** Nothing where none is for this host. */
  readonly certificate: CertificateFacts | undefined;
  /** The newest order for the host. */
  readonly order: OrderFacts | undefined;
  readonly challenges: readonly ChallengeFacts[];
}

/** What the DNS says of a host's addresses. */
export type DnsAnswer =
  | { readonly kind: "addresses"; readonly addresses: readonly string[] }
  /** Code of node:dns, e.g. `ENOTFOUND` */
  | { readonly kind: "error"; readonly code: string };

/** Asks the DNS for a host's addresses. */
export type Resolve = (host: string) => Promise<DnsAnswer>;

export interface IssuerFacts {
  readonly name: string;
  /** URL of the ACME server's directory; nothing for an issuer of another kind. */
  readonly directory: string | undefined;
  readonly ready: Condition | undefined;
}

export interface CertificateFacts {
  readonly ready: Condition | undefined;
  /** There while a certificate is under way, and after an attempt that failed. */
  readonly issuing: Condition | undefined;
  readonly notAfter: string | undefined;
  /** When cert-manager renews it. */
  readonly renewalTime: string | undefined;
}

export interface OrderFacts {
  readonly createdAt: string;
  /** Nothing until the ACME server has taken it. */
  readonly state: string | undefined;
  readonly reason: string;
}

export interface ChallengeFacts {
  readonly state: string | undefined;
  readonly reason: string;
}
