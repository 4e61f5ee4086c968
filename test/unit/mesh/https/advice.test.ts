import assert from "node:assert/strict";
import { adviceFor } from "../../../../mesh/https/advice";
import type { CertificateFacts, HostFacts } from "../../../../mesh/https/host-facts";
import { RATE_LIMITS, rateLimited } from "../../../../mesh/https/rate-limits";
import { healthyHost, inDays, validCertificate } from "../../../support/hosts";

const advice = (over: Partial<HostFacts> = {}) => adviceFor(healthyHost(over), new Date());
const said = (over: Partial<HostFacts>): string[] =>
  advice(over).map(({ severity, what, fix }) => [severity, what, fix].filter(Boolean).join(" | "));

/** A first certificate that isn't there yet. */
const first: CertificateFacts = {
  ready: { status: "False", message: "Issuing certificate as Secret does not exist" },
  issuing: { status: "True", message: "Issuing certificate as Secret does not exist" },
  notAfter: undefined,
  renewalTime: undefined,
};
/** What it looks like after an attempt that failed. */
const failed = (message: string, certificate: CertificateFacts = first): CertificateFacts => ({
  ...certificate,
  issuing: { status: "False", message },
});
const order = (reason: string, state: string | undefined = "errored") => ({
  createdAt: inDays(0),
  state,
  reason,
});
const LIMIT =
  "Failed to create Order: 429 urn:ietf:params:acme:error:rateLimited: too many certificates (5) already issued for this exact set of identifiers in the last 168h0m0s, retry after 2026-11-22 04:12:00 UTC: see https://letsencrypt.org/docs/rate-limits/";

describe("advice for a public host", () => {
  it("is none where all is well", () => {
    const [only, ...others] = advice();
    assert.equal(only?.severity, "ok");
    assert.match(only.what, /is valid until \d{4}-\d\d-\d\d and renews itself\.$/);
    assert.deepEqual(others, []);
  });

  const cases: readonly [what: string, over: Partial<HostFacts>, expected: RegExp][] = [
    [
      "that has no Certificate",
      { certificate: undefined },
      /^error \| There is no Certificate for clova\.example\.com\. \| npm run mesh -- up makes it\.$/,
    ],
    [
      "without a DNS record",
      { certificate: first, dns: { kind: "error", code: "ENOTFOUND" } },
      /^error \| clova\.example\.com has no DNS record\. \| Create the record A 198\.51\.100\.7; /,
    ],
    [
      "whose name servers don't answer",
      { certificate: first, dns: { kind: "error", code: "ESERVFAIL" } },
      /^warning \| The DNS does not answer for clova\.example\.com \(ESERVFAIL\)\./,
    ],
    [
      "that leads elsewhere",
      { certificate: first, dns: { kind: "addresses", addresses: ["203.0.113.9"] } },
      /^error \| clova\.example\.com leads to 203\.0\.113\.9, which is not its ingress gateway \(198\.51\.100\.7\)\. \| Make A 198\.51\.100\.7 its only record/,
    ],
    [
      "whose gateway has no address",
      { certificate: first, record: undefined, expected: [] },
      /^error \| The ingress gateway of clova\.example\.com has no address yet\./,
    ],
    [
      "whose issuer isn't there",
      { certificate: first, issuer: undefined },
      /^error \| The ClusterIssuer that signs for clova\.example\.com is not there\./,
    ],
    [
      "whose issuer doesn't reach its server",
      {
        certificate: first,
        issuer: {
          name: "letsencrypt",
          directory: "https://acme.example/directory",
          ready: { status: "False", message: "Failed to register ACME account: dial tcp: refused" },
        },
      },
      /^error \| letsencrypt has no account at https:\/\/acme\.example\/directory: .*refused\. \| See whether the cluster reaches/,
    ],
    [
      "whose e-mail address is refused",
      {
        certificate: first,
        issuer: {
          name: "letsencrypt",
          directory: undefined,
          ready: { status: "False", message: "400 urn:ietf:params:acme:error:invalidContact" },
        },
      },
      /Write an address that the server takes to mesh:https\.email\.$/,
    ],
    [
      "that a limit keeps from its certificate",
      { certificate: failed("failed"), order: order(LIMIT) },
      /^error \| The certificate authority signs no more for clova\.example\.com for now \(5 certificates for the same set .*\), until 2026-11-22 04:12:00 UTC\. \| Wait, .*letsencrypt-staging/,
    ],
    [
      "whose domain allows another authority only",
      {
        certificate: failed("failed"),
        order: order("403 urn:ietf:params:acme:error:caa: CAA record prevents issuance", "invalid"),
      },
      /^error \| .* refused clova\.example\.com: .* \| Let the domain's CAA record name/,
    ],
    [
      "that the authority doesn't reach",
      {
        certificate: first,
        challenges: [
          {
            state: "invalid",
            reason: "400 urn:ietf:params:acme:error:connection: Timeout during connect",
          },
        ],
      },
      /Let http:\/\/clova\.example\.com\/\.well-known\/acme-challenge\/ reach the ingress gateway from the internet/,
    ],
    [
      "that the cluster itself doesn't reach",
      {
        certificate: first,
        order: order("", "pending"),
        challenges: [
          { state: "pending", reason: "Waiting for HTTP-01 challenge propagation: no such host" },
        ],
      },
      /^error \| The cluster itself does not get the challenge at http:\/\/clova/,
    ],
    [
      "whose order nobody takes",
      { certificate: first, order: { createdAt: inDays(-1), state: undefined, reason: "" } },
      /^error \| The ACME server https:\/\/acme\.example\/directory has not taken the order/,
    ],
    [
      "whose order is young",
      { certificate: first, order: { createdAt: inDays(0), state: undefined, reason: "" } },
      /^info \| The certificate of clova\.example\.com is ordered and on its way\.$/,
    ],
    [
      "whose certificate ended",
      {
        certificate: { ...failed("failed"), notAfter: inDays(-1), renewalTime: inDays(-31) },
        order: order(LIMIT),
      },
      /^error \| The certificate of clova\.example\.com ended on .*\n.*signs no more/,
    ],
  ];
  for (const [what, over, expected] of cases) {
    it(`says what to do for one ${what}`, () => {
      assert.match(said(over).join("\n"), expected);
    });
  }

  it("takes what a renewal meets with for no error while the certificate is valid", () => {
    assert.match(
      said({ certificate: failed("failed", validCertificate), order: order(LIMIT) }).join("\n"),
      /^warning \| The certificate of .* is valid until .*, but not renewed: The certificate authority signs no more/,
    );
    assert.match(
      said({
        certificate: { ...validCertificate, issuing: { status: "True", message: "renewing" } },
        order: { createdAt: inDays(-1), state: undefined, reason: "" },
      }).join("\n"),
      /^warning \| .*but not renewed: The ACME server .* has not taken the order/,
    );
    assert.match(
      said({ certificate: failed("the reason that nobody knows", validCertificate) }).join("\n"),
      /^warning \| .*but not renewed: the reason that nobody knows$/,
    );
  });

  it("sees nothing wrong in a renewal under way, but in one that is a day late", () => {
    const issuing = { status: "True", message: "Renewing certificate" };
    assert.match(
      said({ certificate: { ...validCertificate, issuing } }).join("\n"),
      /^ok \| .* is being renewed\.$/,
    );
    assert.match(
      said({ certificate: { ...validCertificate, renewalTime: inDays(-2) } }).join("\n"),
      /^warning \| .*, and should have been renewed on \d{4}-/,
    );
  });

  it("says that a host leads elsewhere even while its certificate is valid", () => {
    assert.match(
      said({ dns: { kind: "addresses", addresses: ["203.0.113.9"] } }).join("\n"),
      /^ok .*\nerror \| clova\.example\.com leads to 203\.0\.113\.9/,
    );
  });

  it("holds nothing of an order against a host whose certificate came later", () => {
    assert.deepEqual(
      advice({ order: order(LIMIT) }).map(({ severity }) => severity),
      ["ok"],
    );
  });
});

describe("limits of Let's Encrypt", () => {
  const answers = [
    "too many certificates (5) already issued for this exact set of identifiers in the last 168h0m0s",
    'too many failed authorizations (5) for "example.com" in the last 1h0m0s',
    'too many certificates (50) already issued for "example.com" in the last 168h0m0s',
    "too many new orders (300) from this account in the last 3h0m0s",
    "too many new registrations (10) from this IP address in the last 3h0m0s",
  ];
  it("are known by what its server says, each by its own words", () => {
    const found = answers.map(
      (text) => rateLimited(`429 urn:ietf:params:acme:error:rateLimited: ${text}`)?.known,
    );
    assert.deepEqual(found, RATE_LIMITS);
  });

  it("are told from everything else, and unknown ones too", () => {
    assert.equal(rateLimited("too many new orders"), undefined);
    assert.deepEqual(rateLimited("429 urn:ietf:params:acme:error:rateLimited: slow down"), {
      known: undefined,
      retryAfter: undefined,
    });
  });
});
