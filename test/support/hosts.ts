import type { CertificateFacts, HostFacts } from "../../mesh/https/host-facts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Time in days from now, as the API has it. */
export const inDays = (days: number): string =>
  new Date(Date.now() + days * DAY_MS).toISOString().replace(/\.\d+/, "");

export const validCertificate: CertificateFacts = {
  ready: { status: "True", message: "Certificate is up to date and has not expired" },
  issuing: undefined,
  notAfter: inDays(60),
  renewalTime: inDays(30),
};

/** A public host with which all is well. */
export const healthyHost = (over: Partial<HostFacts> = {}): HostFacts => ({
  host: "clova.example.com",
  record: { host: "clova.example.com", type: "A", value: "198.51.100.7" },
  expected: ["198.51.100.7"],
  dns: { kind: "addresses", addresses: ["198.51.100.7"] },
  issuer: {
    name: "letsencrypt",
    directory: "https://acme.example/directory",
    ready: { status: "True", message: "The ACME account was registered" },
  },
  certificate: validCertificate,
  order: { createdAt: inDays(-30), state: "valid", reason: "" },
  challenges: [],
  ...over,
});
