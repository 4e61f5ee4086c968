import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { sensitiveKind } from "../../../../policy/secrets/sensitive";
import { kubeconfig } from "../../../support/config";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

const token = [{ alg: "RS256" }, { sub: "reader" }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
  .concat("c2lnbmF0dXJl")
  .join(".");

describe("sensitiveKind", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  for (const [type, format] of [
    ["pkcs1", "RSA PRIVATE KEY"],
    ["pkcs8", "PRIVATE KEY"],
  ] as const) {
    it(`knows a key in ${format}, with text around it and as base64`, () => {
      const key = privateKey.export({ type, format: "pem" }).toString();
      assert.match(key, new RegExp(format));
      for (const text of [key, `# key\n${key}`, base64(key)]) {
        assert.equal(sensitiveKind(text), "a private key");
      }
    });
  }

  it("knows a kubeconfig in YAML and JSON, with and without credentials, and as base64", () => {
    const yaml = kubeconfig("https://192.0.2.1:6443");
    const json = JSON.stringify({ clusters: [], contexts: [], users: [{ name: "a", user: {} }] });
    for (const text of [yaml, json, base64(yaml)]) {
      assert.equal(sensitiveKind(text), "a kubeconfig");
    }
  });

  it("knows a ServiceAccount's token, and as base64", () => {
    assert.equal(sensitiveKind(token), "a token");
    assert.equal(sensitiveKind(base64(token)), "a token");
  });

  it("leaves certificates, paths and talk of keys alone", () => {
    for (const text of [
      "-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----\n",
      "-----BEGIN PUBLIC KEY-----\nQQ==\n-----END PUBLIC KEY-----\n",
      "~/.kube/ncloud.yaml",
      "clusters, contexts and users: [see the manual",
      "the clusters, contexts and users of a kubeconfig",
      "eyJ.is.nothing",
    ]) {
      assert.equal(sensitiveKind(text), undefined, text);
    }
  });

  it("takes no everyday text for a secret", () => {
    fc.assert(fc.property(fc.string(), (text) => assert.equal(sensitiveKind(text), undefined)));
    fc.assert(
      fc.property(fc.base64String({ minLength: 40 }), (text) =>
        assert.equal(sensitiveKind(text), undefined),
      ),
    );
  });
});
