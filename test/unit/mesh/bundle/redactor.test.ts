import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { KnownSecrets } from "../../../../mesh/bundle/redact/known-secrets";
import { isSecretName, REMOVED } from "../../../../mesh/bundle/redact/names";
import { Redactor } from "../../../../mesh/bundle/redact/redactor";
import { kubeconfig } from "../../../support/config";

const redactor = new Redactor(new KnownSecrets());
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const PEM = [
  "-----BEGIN PRIVATE KEY-----",
  "TUlJRXZRSUJBREFOQmdrcWhraUc5",
  "-----END PRIVATE KEY-----",
];
const JWT = `${base64('{"alg":"RS256"}').replace(/=+$/, "")}.${base64('{"sub":"me"}')}.c2lnbmF0dXJl`;

/** Nobody's word: neither names, nor figures, nor texts of the tests hold it. */
const secret = fc
  .array(fc.constantFrom(..."abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"), {
    minLength: 12,
    maxLength: 40,
  })
  .map((signs) => `Zq9${signs.join("")}`);

const secretKey = fc.constantFrom(
  "password",
  "dbPassword",
  "client-key-data",
  "token",
  "API_KEY",
  "accessKey",
  "clientSecret",
  "Authorization",
  "cookie",
);

/** Ways to put a secret into something, each of which happens. */
const PLACES: Readonly<Record<string, (key: string, value: string) => unknown>> = {
  field: (key, value) => ({ a: [{ [key]: value }] }),
  "field of an object called so": (key, value) => ({ credentials: { [key]: { deep: [value] } } }),
  "Secret's data": (_key, value) => ({ kind: "Secret", data: { x: base64(value) } }),
  "Secret's stringData": (_key, value) => ({ kind: "Secret", stringData: { x: value } }),
  "environment variable": (key, value) => ({ env: [{ name: key, value }] }),
  "option with =": (key, value) => ({ args: [`--${key}=${value}`] }),
  "option and its value": (key, value) => ({ args: [`--${key}`, value] }),
  "JSON in a text": (key, value) => ({ data: { f: JSON.stringify({ x: { [key]: value } }) } }),
  "YAML in a text": (key, value) => ({ data: { f: stringify({ x: { [key]: value }, y: "z" }) } }),
  "YAML block in a text": (key, value) => ({ data: { f: `x: y\n${key}: |\n  ${value}\n` } }),
  "kubeconfig in a text": (_key, value) => ({ f: kubeconfig("https://a", { token: value }) }),
  "kubeconfig in base64": (_key, value) => ({
    f: base64(kubeconfig("https://a", { token: value })),
  }),
  "last-applied-configuration": (_key, value) => ({
    metadata: { annotations: { "kubectl.kubernetes.io/last-applied-configuration": value } },
  }),
  "annotation with a URL": (_key, value) => ({ annotations: { x: `redis://me:${value}@a:1/0` } }),
  "token before a host": (_key, value) => `https://${value}@git.example/x`,
  "query of a URL": (_key, value) => `GET /x?a=b&access_token=${value}&c=d 200`,
  "log line": (key, value) => `2026-01-02 info retry ${key}=${value} failed`,
  "log line with quotes": (key, value) => `level=info ${key}="${value} and more" msg=x`,
  "log line of JSON": (key, value) => `{"level":"info","x":{"${key}":"${value}"}}\nnext`,
  "log line with a header": (_key, value) => `> Authorization: Bearer ${value}\n> Accept: */*`,
  "log line with a cookie": (_key, value) => `Set-Cookie: a=b; session=${value}; Path=/`,
  "escaped JSON in a log": (key, value) => `body="{\\"${key}\\":\\"${value}\\"}"`,
  "private key": (_key, value) =>
    `x\n-----BEGIN RSA PRIVATE KEY-----\n${value}\n-----END RSA PRIVATE KEY-----\ny`,
  "private key cut short": (_key, value) => `-----BEGIN EC PRIVATE KEY-----\n${value}`,
  "private key in one line": (_key, value) => `"-----BEGIN PRIVATE KEY-----\\n${value}\\n"`,
  "private key in base64": (_key, value) =>
    `x ${base64(`-----BEGIN PRIVATE KEY-----\n${value}\n-----END PRIVATE KEY-----\n`)} y`,
};

const redacted = (one: Redactor, value: unknown): string =>
  typeof value === "string" ? one.text(value) : JSON.stringify(one.value(value));

describe("the redactor", () => {
  for (const [place, put] of Object.entries(PLACES)) {
    it(`leaves no secret in: ${place}`, () => {
      fc.assert(
        fc.property(secretKey, secret, (key, value) => {
          const text = redacted(redactor, put(key, value));
          assert(!text.includes(value), text);
          assert(!text.includes(base64(value).slice(0, -2).replace(/=+$/, "")), text);
        }),
        { numRuns: 30 },
      );
    });
  }

  it("removes what a Secret holds wherever else it stands, in clear or as base64", () => {
    const values = fc.string({ minLength: 8, maxLength: 40 }).filter((text) => {
      return text.trim().length >= 8 && !/^\d+$/.test(text.trim()) && !text.includes("\n");
    });
    fc.assert(
      fc.property(values, fc.lorem(), (value, around) => {
        fc.pre(!around.includes(value.trim()));
        const known = new KnownSecrets();
        known.addSecret({ data: { x: base64(value) } });
        const one = new Redactor(known);
        const planted = { note: `${around} ${value} ${around}`, twice: [base64(value)] };
        const left = JSON.parse(JSON.stringify(one.value(planted))) as typeof planted;
        assert(!left.note.includes(value.trim()), left.note);
        assert(!left.twice.join().includes(base64(value.trim()).replace(/.=*$/, "")));
        assert(!known.isIn(JSON.stringify(left)));
      }),
      { numRuns: 200 },
    );
  });

  it("learns the lines of a key, and a kubeconfig's token, but nothing public", () => {
    const known = new KnownSecrets((name) => name === "istio-system");
    known.add(PEM.join("\n"));
    known.add(kubeconfig("https://api.example:6443", { token: "tokenOfTheKubeconfig" }));
    known.addSecret({
      type: "kubernetes.io/service-account-token",
      data: { namespace: base64("istio-system"), "ca.crt": base64("public-certificate") },
    });
    assert(known.isIn(`a ${PEM[1]} b`) && known.isIn("x tokenOfTheKubeconfig"));
    assert(!known.isIn("istio-system public-certificate https://api.example:6443 apiVersion: v1"));
  });

  it("keeps what a helper needs to see", () => {
    const pod = {
      kind: "Pod",
      metadata: { name: "echo-79c548886d-w8kv9", uid: "6f9d0c4e-0f0a-4f6b-8f8e-0d5d4b6f7a10" },
      spec: {
        serviceAccountName: "echo",
        automountServiceAccountToken: false,
        imagePullSecrets: [{ name: "registry" }],
        containers: [
          {
            image:
              "docker.io/istio/proxyv2@sha256:0f0a4f6b8f8e0d5d4b6f7a106f9d0c4e0f0a4f6b8f8e0d5d4b6f7a106f9d0c4e",
            args: ["proxy", "sidecar", "--domain", "$(POD_NAMESPACE).svc.cluster.local"],
            env: [
              { name: "JWT_POLICY", value: "third-party-jwt" },
              { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
            ],
          },
        ],
        volumes: [
          {
            name: "istio-token",
            projected: {
              sources: [{ serviceAccountToken: { path: "istio-token", audience: "istio-ca" } }],
            },
          },
          { name: "cacerts", secret: { secretName: "cacerts", optional: true } },
        ],
      },
    };
    assert.deepEqual(redactor.value(pod), pod);
    for (const line of [
      "2026-01-02T03:04:05Z info Adding cluster nhn from secret istio-system/istio-remote-secret-nhn",
      '[2026-01-02T03:04:05.678Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 96 2 1 "-" "node" "6f9d0c4e-0f0a-4f6b-8f8e-0d5d4b6f7a10" "echo.echo:8080" "198.18.102.10:15443" outbound|8080||echo.echo.svc.cluster.local',
      "https://kubernetes.default.svc:443/api/v1/pods?limit=500&resourceVersion=0",
      "istio-remote-secret-nhn leads to https://198.18.0.12:6443.",
      "✔ ncloud → nhn  remote-token  system:serviceaccount:mesh-peer-ncloud:istio-reader is let in.",
      "credentials:\n2026-01-02T03:04:05Z info the next line",
    ]) {
      assert.equal(redactor.text(line), line);
    }
    const names = new Redactor(new KnownSecrets(), (name) => name === "istio-system/cacerts");
    assert.equal(names.text("secret=istio-system/cacerts"), "secret=istio-system/cacerts");
  });

  it("changes nothing when done again", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(PLACES)),
        secretKey,
        secret,
        (put, key, value) => {
          const once = redacted(redactor, put(key, value));
          const again: unknown = typeof put(key, value) === "string" ? once : JSON.parse(once);
          assert.equal(redacted(redactor, again), once);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("keeps the shape of what it is given", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const after = redactor.value(value);
        assert.equal(shape(after), shape(value));
      }),
    );
    assert.equal(redactor.text(`a ${JWT} b`), `a ${REMOVED} b`);
  });
});

/** Kinds and numbers of things, without what they say. */
const shape = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(shape).join()}]`
    : typeof value === "object" && value !== null
      ? `{${Object.values(value).map(shape).join()}}`
      : "leaf";

describe("isSecretName", () => {
  it("knows names of secrets from names of what is about secrets", () => {
    for (const name of [
      "DB_PASSWORD",
      "token",
      "client-key",
      "apiKey",
      "X-Api-Key",
      "jwt",
      "secretKey",
    ]) {
      assert(isSecretName(name), name);
    }
    for (const name of [
      "secretName",
      "tokenExpirationSeconds",
      "JWT_POLICY",
      "key",
      "author",
      "keys",
      "passthrough",
      "PWD",
      "",
    ]) {
      assert(!isSecretName(name), name);
    }
  });
});
