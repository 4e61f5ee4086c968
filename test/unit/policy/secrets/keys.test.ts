// @peculiar/x509 needs the polyfill loaded before it.
import "reflect-metadata";
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { caKeys } from "../../../../policy/secrets/ca-keys";
import { encryptedKeys } from "../../../../policy/secrets/encrypted-keys";
import { keysInSecrets } from "../../../../policy/secrets/keys-in-secrets";
import { rootCa } from "../../../../policy/secrets/root-ca";
import { kubeconfig } from "../../../support/config";
import { judge, object, resource, secret, sentences, unknown } from "../../../support/policies";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

interface Identity {
  readonly key: string;
  readonly certificate: string;
  readonly keys: CryptoKeyPair;
  readonly name: string;
}
type CryptoKeyPair = webcrypto.CryptoKeyPair;

/** A certificate and its key, signed by another or by itself. */
async function identity(name: string, isCa: boolean, issuer?: Identity): Promise<Identity> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: "01",
    subject: `CN=${name}`,
    issuer: `CN=${issuer?.name ?? name}`,
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(isCa, undefined, true)],
  });
  const der = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    name,
    keys,
    key: x509.PemConverter.encode(der, "PRIVATE KEY"),
    certificate: certificate.toString("pem"),
  };
}

let root: Identity;
let intermediate: Identity;
let server: Identity;
before(async () => {
  root = await identity("mesh root", true);
  intermediate = await identity("mesh intermediate", true, root);
  server = await identity("shop.example.com", false, intermediate);
});

const base64 = (files: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, Buffer.from(text).toString("base64")]),
  );
const cacerts = { name: "cacerts", namespace: "istio-system" };
const secretOf = (files: Record<string, string>, metadata: Record<string, unknown> = {}) =>
  object("v1", "Secret", { data: base64(files) }, metadata);

describe("ca-keys-in-cacerts-only", () => {
  const found = (...given: Parameters<typeof secretOf>) =>
    sentences([secretOf(...given)], [caKeys]);

  it("passes an intermediate's key in cacerts, and a server's key anywhere", async () => {
    const chain = intermediate.certificate + root.certificate;
    assert.deepEqual(
      await found(
        {
          "ca-cert.pem": intermediate.certificate,
          "ca-key.pem": intermediate.key,
          "cert-chain.pem": chain,
          "root-cert.pem": root.certificate,
        },
        cacerts,
      ),
      [],
    );
    assert.deepEqual(
      await found({ "tls.crt": server.certificate + chain, "tls.key": server.key }),
      [],
    );
  });

  it("refuses the root's key, in cacerts too", async () => {
    for (const metadata of [cacerts, {}]) {
      const [sentence = ""] = await found(
        { "ca-cert.pem": root.certificate, "ca-key.pem": root.key },
        metadata,
      );
      assert.match(sentence, /^ca-key\.pem of Secret \S+ is the key of the root mesh root: /);
    }
  });

  it("refuses an intermediate's key in any other Secret, by its certificate or its name", async () => {
    const files = { "tls.crt": intermediate.certificate, "tls.key": intermediate.key };
    assert.match((await found(files)).join(), /is the key of a certificate authority, mesh interm/);
    assert.equal((await found(files, { ...cacerts, namespace: "shop" })).length, 1);
    for (const name of ["ca-key.pem", "ca.key", "root-key.pem", "root-ca.key"]) {
      assert.equal((await found({ [name]: intermediate.key })).length, 1, name);
    }
  });

  it("reads what is written as text, too", async () => {
    const stringData = { "ca-cert.pem": root.certificate, "ca-key.pem": secret(root.key) };
    const given = object("v1", "Secret", { stringData }, cacerts);
    assert.equal((await sentences([given], [caKeys])).length, 1);
  });

  it("passes what is no key, and waits with what a preview doesn't know", async () => {
    assert.deepEqual(await found({ "ca-key.pem": "-----BEGIN PRIVATE KEY-----" }), []);
    assert.deepEqual(await sentences([object("v1", "Secret", { data: unknown })], [caKeys]), []);
  });
});

describe("keys-encrypted", () => {
  const text = kubeconfig("https://192.0.2.1:6443");
  const provider = (value: unknown) =>
    resource("pulumi:providers:kubernetes", { kubeconfig: value }, { name: "ncloud" });

  it("passes secrets, paths, and what isn't known", async () => {
    for (const value of [secret(text), "~/.kube/config", unknown]) {
      assert.deepEqual(await sentences([provider(value)], [encryptedKeys]), []);
    }
  });

  it("refuses plain text, anywhere in the inputs of any resource", async () => {
    assert.deepEqual(await judge([provider(text)], [encryptedKeys]), [
      {
        policy: "keys-encrypted",
        resource: "ncloud",
        sentence:
          "kubeconfig of Provider ncloud is a kubeconfig in plain text: make it a secret by config.requireSecret or pulumi.secret",
        level: "mandatory",
      },
    ]);
    const component = resource("mesh:x:Y", { list: [secret("a"), { key: root.key }] });
    assert.match(
      (await sentences([component], [encryptedKeys])).join(),
      /^list\[1\]\.key of Y it is a private key in plain text/,
    );
  });

  it("passes a whole object that is secret", async () => {
    const given = object("v1", "Secret", { data: secret(base64({ "tls.key": root.key })) });
    assert.deepEqual(await sentences([given], [encryptedKeys]), []);
  });

  it("says so where it is shown no marks, at another level than its own", () => {
    const seen: string[] = [];
    const args = {
      type: "pulumi:pulumi:Stack",
      name: "mesh-ncloud",
      urn: "urn",
      props: {},
      getConfig: () => ({}),
    } as unknown as ResourceValidationArgs;
    const validate = encryptedKeys.validateResource as ResourceValidation;
    void validate(args, (sentence) => seen.push(sentence));
    assert.deepEqual(seen, [
      "keys-encrypted can't tell secrets from plain text in this run: give it the level remediate, or disabled",
    ]);
    void encryptedKeys.remediateResource?.(args);
    void validate(args, (sentence) => seen.push(sentence));
    assert.equal(seen.length, 1);
  });

  it("forgets a resource once it is judged", async () => {
    assert.equal((await sentences([provider(text)], [encryptedKeys])).length, 1);
    assert.equal((await sentences([provider(secret(text))], [encryptedKeys])).length, 0);
  });
});

describe("keys-in-kubernetes-secrets", () => {
  it("refuses keys in annotations, environment variables, values and ConfigMaps", async () => {
    const given = [
      object("v1", "ConfigMap", { data: { "tls.key": secret(server.key) } }, {}, { name: "a" }),
      object(
        "v1",
        "Service",
        {},
        {
          annotations: { "loadbalancer.nhncloud/listener-terminated-https-key": server.key },
        },
      ),
      object("apps/v1", "Deployment", {
        spec: { template: { spec: { containers: [{ env: [{ value: server.key }] }] } } },
      }),
      resource("kubernetes:helm.sh/v3:Release", {
        chart: "x",
        values: { tls: { key: server.key } },
      }),
    ];
    assert.deepEqual(
      (await sentences(given, [keysInSecrets])).map((sentence) => sentence.split(" of ")[0]),
      [
        'data["tls.key"]',
        'metadata.annotations["loadbalancer.nhncloud/listener-terminated-https-key"]',
        "spec.template.spec.containers[0].env[0].value",
        "values.tls.key",
      ],
    );
  });

  it("leaves Secrets and what is in no cluster alone", async () => {
    const given = [
      secretOf({ "tls.key": server.key }),
      resource("tls:index/selfSignedCert:SelfSignedCert", { privateKeyPem: secret(root.key) }),
    ];
    assert.deepEqual(await sentences(given, [keysInSecrets]), []);
  });
});

describe("root-ca-in-trust-stack", () => {
  const selfSigned = (isCaCertificate: boolean) =>
    resource("tls:index/selfSignedCert:SelfSignedCert", { isCaCertificate }, { name: "root" });
  const signed = resource("tls:index/locallySignedCert:LocallySignedCert", {}, { name: "signed" });
  const deployed = object("v1", "Namespace", {});

  it("passes a stack of certificates alone", async () => {
    assert.deepEqual(await sentences([selfSigned(true), signed], [rootCa]), []);
  });

  it("refuses roots, and what is signed with a CA's key, beside a cluster", async () => {
    const found = await judge([selfSigned(true), signed, deployed], [rootCa]);
    assert.deepEqual(
      found.map((one) => one.resource),
      ["root", "signed"],
    );
  });

  it("passes a certificate that signs nothing", async () => {
    assert.deepEqual(await sentences([selfSigned(false), deployed], [rootCa]), []);
  });
});
