import assert from "node:assert/strict";
import { parseConfig } from "../../../config/parse";
import type { ClusterConfig } from "../../../config/model";
import { rawConfig } from "../../support/config";
import { refusalOf } from "../../support/refusal";

const PEM = "-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----\n";
const clova = { host: "clova.example.com", applicationId: "com.example.mrdebugger" };

const parse = (
  over: Record<string, unknown>,
  stack = "ncloud",
  names = ["ncloud", "nhn"],
): ClusterConfig => {
  const config = parseConfig(rawConfig(names, over), stack);
  assert(config.kind === "cluster");
  return config;
};

const refusal = (over: Record<string, unknown>, stack?: string): string =>
  refusalOf(["ncloud", "nhn"], over, stack);

describe("mesh:https", () => {
  it("is of no concern to a mesh without public hosts: no e-mail address, no cert-manager", () => {
    assert.equal(parse({}).https, undefined);
    assert.equal(parse({ https: { email: "a@example.com" } }).https, undefined);
  });

  it("is of concern only to the cluster through which the host enters", () => {
    const over = { clova, https: { email: "a@example.com" } };
    assert.deepEqual(parse(over, "ncloud").https?.hosts, ["clova.example.com"]);
    assert.equal(parse(over, "nhn").https, undefined);
    const other = { ...over, clova: { ...clova, gateway: "nhn" } };
    assert.equal(parse(other, "ncloud").https, undefined);
    assert.deepEqual(parse(other, "nhn").https?.hosts, ["clova.example.com"]);
  });

  it("takes Let's Encrypt unless told otherwise, and installs cert-manager", () => {
    assert.deepEqual(parse({ clova, https: { email: "a@example.com" } }).https, {
      hosts: ["clova.example.com"],
      issuer: {
        kind: "acme",
        name: "letsencrypt",
        directory: "https://acme-v02.api.letsencrypt.org/directory",
        email: "a@example.com",
        caBundle: undefined,
      },
      certManager: { version: "v1.21.2", charts: "https://charts.jetstack.io", values: {} },
    });
  });

  it("gives every server an issuer of its own, so that a change of server is a new certificate", () => {
    const name = (issuer: string): string | undefined =>
      parse({ clova, https: { email: "a@example.com", issuer } }).https?.issuer.name;
    assert.equal(name("letsencrypt-staging"), "letsencrypt-staging");
    assert.equal(name("https://pebble.acme.svc:14000/dir"), "acme-pebble-acme-svc-14000-dir");
    const long = name(`https://${"a".repeat(60)}.example.com/acme/directory`);
    assert.match(long ?? "", /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });

  it("takes a ClusterIssuer of the cluster's own, and then needs no e-mail address", () => {
    const { https } = parse({
      clova,
      https: { clusterIssuer: "dns", certManager: { mode: "existing" } },
    });
    assert.deepEqual(https, {
      hosts: ["clova.example.com"],
      issuer: { kind: "existing", name: "dns" },
      certManager: undefined,
    });
  });

  it("takes the roots of a server that no public authority has signed", () => {
    const { https } = parse({
      clova,
      https: { issuer: "https://acme.corp.internal/dir", caBundle: PEM, email: "a@example.com" },
    });
    assert(https?.issuer.kind === "acme");
    assert.equal(https.issuer.caBundle, PEM);
  });

  const refused: [string, Record<string, unknown>, RegExp][] = [
    [
      "a host without an e-mail address",
      { clova },
      /^mesh:https\.email is missing, and mesh:clova\.host needs a certificate/,
    ],
    [
      "an e-mail address that is none",
      { clova, https: { email: "me" } },
      /^mesh:https\.email must be/,
    ],
    [
      "an issuer that is no URL",
      { clova, https: { email: "a@b.de", issuer: "lets-encrypt" } },
      /letsencrypt, letsencrypt-staging or an https URL/,
    ],
    [
      "an ACME server without TLS",
      { clova, https: { email: "a@b.de", issuer: "http://acme/" } },
      /an https URL/,
    ],
    [
      "roots for Let's Encrypt",
      { clova, https: { email: "a@b.de", caBundle: PEM } },
      /^mesh:https\.caBundle is set/,
    ],
    [
      "roots that are none",
      { clova, https: { email: "a@b.de", issuer: "https://a.b/", caBundle: "x" } },
      /PEM certificates/,
    ],
    [
      "a host that nobody can own, from Let's Encrypt",
      { clova: { ...clova, host: "clova.mesh.test" }, https: { email: "a@b.de" } },
      /signs nothing under \.test/,
    ],
    [
      "a wildcard",
      { clova: { ...clova, host: "*.example.com" }, https: { email: "a@b.de" } },
      /HTTP-01 cannot prove a wildcard/,
    ],
    [
      "a version without its v",
      { https: { certManager: { version: "1.21.2" } } },
      /mesh:https\.certManager\.version/,
    ],
  ];
  for (const [what, over, expected] of refused) {
    it(`refuses ${what}, in one sentence, in every stack alike`, () => {
      assert.match(refusal(over, "ncloud"), expected);
      assert.match(refusal(over, "nhn"), expected);
    });
  }
});

describe("mesh:clova", () => {
  const https = { email: "a@example.com" };
  const part = (over: Record<string, unknown>, stack: string) =>
    parse({ https, clova: { ...clova, ...over } }, stack).clova;

  it("deploys nothing without a host", () => {
    assert.equal(parse({ clova: {} }).clova, undefined);
  });

  it("runs in every cluster and enters through the first, unless told otherwise", () => {
    assert.equal(part({}, "ncloud")?.host, "clova.example.com");
    assert.equal(part({}, "nhn")?.host, undefined);
    assert(part({}, "ncloud")?.service && part({}, "nhn")?.service);
  });

  it("runs in one cluster and enters through another, when told so", () => {
    const elsewhere = { clusters: ["nhn"] };
    assert.deepEqual(part(elsewhere, "ncloud"), { host: "clova.example.com", service: undefined });
    assert.equal(part(elsewhere, "nhn")?.host, undefined);
    assert.equal(part(elsewhere, "nhn")?.service?.applicationId, "com.example.mrdebugger");
    assert.equal(part({ clusters: ["ncloud"] }, "nhn"), undefined);
  });

  const refused: [string, Record<string, unknown>, RegExp][] = [
    ["a gateway that is no cluster", { gateway: "gke" }, /^mesh:clova\.gateway must be a cluster/],
    [
      "a place that is no cluster",
      { clusters: ["nhn", "gke"] },
      /^mesh:clova\.clusters\[1\] must be/,
    ],
    ["no Extension ID", { applicationId: undefined }, /^mesh:clova\.applicationId is missing/],
    ["a Raspberry Pi without a scheme", { raspberryPiUrl: "pi.local" }, /an http or https URL/],
    [
      "a key that is neither PEM nor an https URL",
      { signatureKey: "http://keys.example/key.pem" },
      /^mesh:clova\.signatureKey must be a public key in PEM, or its https URL/,
    ],
    ["no replicas", { replicas: 0 }, /mesh:clova\.replicas/],
  ];
  for (const [what, over, expected] of refused) {
    it(`refuses ${what}, in every stack alike`, () => {
      for (const stack of ["ncloud", "nhn"]) {
        assert.match(refusal({ https, clova: { ...clova, ...over } }, stack), expected);
      }
    });
  }
});
