import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey, createPublicKey, sign, verify, X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder, TestStack } from "./support";

const KEY = "tls:index/privateKey:PrivateKey";
const ROOT = "tls:index/selfSignedCert:SelfSignedCert";
const REQUEST = "tls:index/certRequest:CertRequest";
const SIGNED = "tls:index/locallySignedCert:LocallySignedCert";

const ALGORITHMS = [
  { algorithm: "ECDSA", ecdsaCurve: "P256" },
  { algorithm: "ECDSA", ecdsaCurve: "P384" },
  { algorithm: "ECDSA", ecdsaCurve: "P521" },
  { algorithm: "RSA", rsaBits: 1024 },
] as const;

const CA = { isCaCertificate: true, allowedUses: ["cert_signing", "crl_signing"] };

describe("TLS resources", () => {
  const folder = temporaryFolder();
  const make = async (
    stack: TestStack,
    type: string,
    name: string,
    inputs: object,
  ): Promise<Record<string, string>> =>
    (await stack.register(type, name, inputs as Record<string, unknown>)).outputs as Record<
      string,
      string
    >;

  /** A root, an intermediate of path length 0 and a workload's certificate below it. */
  async function chain(stack: TestStack, algorithm: object, days = 24) {
    const rootKey = await make(stack, KEY, "root-key", algorithm);
    const root = await make(stack, ROOT, "root", {
      ...CA,
      privateKeyPem: rootKey["privateKeyPem"],
      subject: { commonName: "mesh root", organization: "Istio", country: "KR" },
      maxPathLength: 1,
      setSubjectKeyId: true,
      setAuthorityKeyId: true,
      validityPeriodHours: days,
    });
    const below = async (
      name: string,
      ca: object,
      caCertPem: unknown,
      caPrivateKeyPem: unknown,
    ) => {
      const key = await make(stack, KEY, `${name}-key`, algorithm);
      const request = await make(stack, REQUEST, `${name}-request`, {
        privateKeyPem: key["privateKeyPem"],
        subject: { commonName: name, streetAddresses: ["1 Main St", "Back door"] },
        dnsNames: ["istiod.istio-system.svc", "*.example.org"],
        ipAddresses: ["198.18.0.1"],
        uris: ["spiffe://cluster.local/ns/a/sa/b"],
      });
      const certificate = await make(stack, SIGNED, name, {
        certRequestPem: request["certRequestPem"],
        caCertPem,
        caPrivateKeyPem,
        validityPeriodHours: days,
        earlyRenewalHours: 2,
        setSubjectKeyId: true,
        ...ca,
      });
      return { key, certificate };
    };
    const intermediate = await below(
      "intermediate",
      { ...CA, maxPathLength: 0 },
      root["certPem"],
      rootKey["privateKeyPem"],
    );
    return { rootKey, root, intermediate, below };
  }

  const opensslVerify = (root: string, untrusted: string[], leaf: string, at: Date): string => {
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder.path, name), text);
      return join(folder.path, name);
    };
    return execFileSync(
      "openssl",
      [
        "verify",
        "-x509_strict",
        "-attime",
        String(Math.floor(at.getTime() / 1000) + 60),
        "-CAfile",
        file("root.pem", root),
        ...(untrusted.length > 0 ? ["-untrusted", file("chain.pem", untrusted.join(""))] : []),
        file("leaf.pem", leaf),
      ],
      { encoding: "utf8", stdio: "pipe" },
    );
  };

  for (const algorithm of ALGORITHMS) {
    const name = Object.values(algorithm).join(" ");

    it(`${name}: root, intermediate and leaf pass openssl verify -x509_strict`, async () => {
      const stack = new TestStack(folder.path);
      const { root, intermediate, below } = await chain(stack, algorithm);
      const leaf = await below(
        "workload",
        { allowedUses: ["digital_signature", "key_encipherment", "server_auth", "client_auth"] },
        intermediate.certificate["certPem"],
        intermediate.key["privateKeyPem"],
      );
      const [rootPem, caPem, leafPem] = [root, intermediate.certificate, leaf.certificate].map(
        ({ certPem }) => certPem ?? "",
      ) as [string, string, string];
      assert.match(opensslVerify(rootPem, [], caPem, stack.now), /: OK/);
      assert.match(opensslVerify(rootPem, [caPem], leafPem, stack.now), /: OK/);
    });

    it(`${name}: a key signs in every encoding, and its public forms are of the same key`, async () => {
      const key = await make(new TestStack(folder.path), KEY, "key", algorithm);
      const data = Buffer.from("data");
      for (const text of [key["privateKeyPem"], key["privateKeyPemPkcs8"]]) {
        const signature = sign("sha256", data, createPrivateKey(text ?? ""));
        assert.ok(verify("sha256", data, key["publicKeyPem"] ?? "", signature));
      }
      writeFileSync(join(folder.path, "key.pub"), key["publicKeyOpenssh"] ?? "");
      const [type, blob] = (key["publicKeyOpenssh"] ?? "").split(" ");
      assert.match(
        type ?? "",
        algorithm.algorithm === "RSA" ? /^ssh-rsa$/ : /^ecdsa-sha2-nistp\d+$/,
      );
      assert.ok((blob ?? "").startsWith("AAAA"));
      assert.match(key["publicKeyFingerprintSha256"] ?? "", /^SHA256:[\w+/]{43}$/);
      assert.match(key["publicKeyFingerprintMd5"] ?? "", /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
    });
  }

  it("writes critical constraints, path lengths, key identifiers and every kind of name", async () => {
    const stack = new TestStack(folder.path);
    const { root, intermediate } = await chain(stack, ALGORITHMS[0]);
    writeFileSync(join(folder.path, "ca.pem"), intermediate.certificate["certPem"] ?? "");
    const text = execFileSync(
      "openssl",
      ["x509", "-noout", "-text", "-in", join(folder.path, "ca.pem")],
      {
        encoding: "utf8",
      },
    );
    assert.match(text, /Basic Constraints: critical\s+CA:TRUE, pathlen:0\n/);
    assert.match(text, /Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
    assert.match(text, /Subject Key Identifier/);
    assert.match(
      text,
      /DNS:istiod\.istio-system\.svc, DNS:\*\.example\.org, IP Address:198\.18\.0\.1, URI:spiffe:\/\/cluster\.local\/ns\/a\/sa\/b/,
    );
    const [rootCert, caCert] = [root, intermediate.certificate].map(
      ({ certPem }) => new X509Certificate(certPem ?? ""),
    ) as [X509Certificate, X509Certificate];
    assert.ok(rootCert.ca && caCert.ca && caCert.checkIssued(rootCert));
    assert.ok(caCert.verify(rootCert.publicKey));
    assert.ok(caCert.checkPrivateKey(createPrivateKey(intermediate.key["privateKeyPem"] ?? "")));
    assert.equal(rootCert.subject, "C=KR\nO=Istio\nCN=mesh root");
    assert.ok(createPublicKey(intermediate.key["privateKeyPem"] ?? "").equals(caCert.publicKey));
  });

  it("holds for exactly as long as asked, and says so in RFC 3339", async () => {
    const stack = new TestStack(folder.path);
    const { certificate } = (await chain(stack, ALGORITHMS[0])).intermediate;
    const { validFrom, validTo } = new X509Certificate(certificate["certPem"] ?? "");
    assert.equal(certificate["validityStartTime"], "2026-01-01T00:00:00Z");
    assert.equal(certificate["validityEndTime"], "2026-01-02T00:00:00Z");
    assert.equal(new Date(validFrom).toISOString(), "2026-01-01T00:00:00.000Z");
    assert.equal(new Date(validTo).toISOString(), "2026-01-02T00:00:00.000Z");
  });

  it("lets no CA stand below an intermediate of path length 0", async () => {
    const stack = new TestStack(folder.path);
    const { root, intermediate, below } = await chain(stack, ALGORITHMS[0]);
    const further = await below(
      "further",
      CA,
      intermediate.certificate["certPem"],
      intermediate.key["privateKeyPem"],
    );
    const leaf = await below(
      "leaf",
      {},
      further.certificate["certPem"],
      further.key["privateKeyPem"],
    );
    const [rootPem, caPem, furtherPem, leafPem] = [
      root,
      intermediate.certificate,
      further.certificate,
      leaf.certificate,
    ].map(({ certPem }) => certPem ?? "") as [string, string, string, string];
    assert.throws(
      () => opensslVerify(rootPem, [caPem, furtherPem], leafPem, stack.now),
      /path length constraint exceeded/,
    );
  });

  it("keeps keys and certificates from run to run", async () => {
    const stack = new TestStack(folder.path);
    const first = await chain(stack, ALGORITHMS[0]);
    stack.next();
    const second = await chain(stack, ALGORITHMS[0]);
    assert.deepEqual(second.rootKey, first.rootKey);
    assert.deepEqual(second.intermediate.certificate, first.intermediate.certificate);
    assert.ok(stack.operations.every((operation) => operation.startsWith("same")));
  });

  it("signs anew within earlyRenewalHours of the end, and what rests on it with it", async () => {
    const stack = new TestStack(folder.path);
    const first = await chain(stack, ALGORITHMS[0]);
    stack.now = new Date("2026-01-01T21:59:59Z");
    assert.deepEqual(
      (await chain(stack.next(), ALGORITHMS[0])).intermediate.certificate,
      first.intermediate.certificate,
    );
    stack.now = new Date("2026-01-01T22:00:00Z");
    const renewed = await chain(stack.next(), ALGORITHMS[0]);
    assert.deepEqual(
      stack.operations.filter((operation) => !operation.startsWith("same")),
      ["replace LocallySignedCert intermediate"],
    );
    assert.equal(renewed.intermediate.certificate["validityEndTime"], "2026-01-02T22:00:00Z");
    assert.deepEqual(renewed.intermediate.key, first.intermediate.key);
    assert.equal(renewed.root["certPem"], first.root["certPem"]);
  });

  it("makes another one when an input changes, but not for another earlyRenewalHours", async () => {
    const stack = new TestStack(folder.path);
    const first = await chain(stack, ALGORITHMS[0]);
    const again = (inputs: object): Promise<Record<string, string>> =>
      make(stack.next(), ROOT, "root", {
        ...CA,
        privateKeyPem: first.rootKey["privateKeyPem"],
        subject: { commonName: "mesh root", organization: "Istio", country: "KR" },
        maxPathLength: 1,
        setSubjectKeyId: true,
        setAuthorityKeyId: true,
        validityPeriodHours: 24,
        ...inputs,
      });
    assert.equal((await again({ earlyRenewalHours: 1 }))["certPem"], first.root["certPem"]);
    assert.deepEqual(stack.operations, ["update SelfSignedCert root"]);
    assert.notEqual((await again({ maxPathLength: 2 }))["certPem"], first.root["certPem"]);
    assert.deepEqual(stack.operations, ["replace SelfSignedCert root"]);
  });

  it("says in one sentence what it can't do", async () => {
    const stack = new TestStack(folder.path);
    const cases: readonly (readonly [string, object, RegExp])[] = [
      [
        KEY,
        { algorithm: "ED25519" },
        /makes no ED25519 keys: use RSA, or ECDSA on P256, P384 or P521/,
      ],
      [KEY, { algorithm: "ECDSA", ecdsaCurve: "P224" }, /makes no ECDSA on P224 keys/],
      [ROOT, { privateKeyPem: "x" }, /privateKeyPem of a SelfSignedCert is no private key/],
      [SIGNED, { certRequestPem: "x" }, /is no certificate request/],
    ];
    for (const [type, inputs, message] of cases) {
      await assert.rejects(make(stack, type, "bad", inputs), { name: "UserError", message });
    }
    const { privateKeyPem } = await make(stack, KEY, "key", ALGORITHMS[0]);
    await assert.rejects(
      make(stack, ROOT, "bad", {
        privateKeyPem,
        allowedUses: ["certSigning"],
        validityPeriodHours: 1,
      }),
      /allowedUses has "certSigning", which is no key usage: write digital_signature, /,
    );
  });
});
