import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { judgeCaInUse } from "../../../../../mesh/check/checks/ca-in-use";
import { judgeExpiry } from "../../../../../mesh/check/checks/ca-expiry";
import { judgeIntermediate } from "../../../../../mesh/check/checks/intermediate-ca";
import { judgeRoots } from "../../../../../mesh/check/checks/root-ca";
import { judgeDistribution } from "../../../../../mesh/check/checks/root-distributed";
import {
  cacertsOf,
  rootAuthority,
  signedBy,
  type Authority,
} from "../../../../support/certificate-authority";
import { days } from "../../../../support/certificates";
import { said, severities } from "../../../../support/preflight";
import { pemsOf } from "../../../../support/sights";

type Files = Record<string, string>;

describe("checks of the CA", () => {
  let root: Authority;
  let other: Authority;
  let own: Authority;
  let files: Files;
  let otherFiles: Files;
  const print = ({ chain }: Authority): string => new X509Certificate(chain).fingerprint256;
  const short = (authority: Authority): string => print(authority).slice(0, 11);

  before(async () => {
    root = await rootAuthority("root");
    other = await rootAuthority("other");
    own = await signedBy(root, "own");
    files = await cacertsOf(root, own);
    otherFiles = await cacertsOf(other, await signedBy(other, "own"));
  });

  describe("root-ca", () => {
    const judge = (clusters: Record<string, Files | undefined>, roots?: string[]) =>
      said(
        judgeRoots(
          Object.entries(clusters).map(([cluster, cacerts]) => ({ cluster, cacerts })),
          { roots },
        ),
      );

    it("is content with one root", () =>
      assert.deepEqual(judge({ a: files, b: files }), [
        `ok a: The root is ${short(root)}, as everywhere.`,
        `ok b: The root is ${short(root)}, as everywhere.`,
      ]));

    it("names the one of three that differs", () =>
      assert.deepEqual(judge({ a: files, b: otherFiles, c: files }), [
        `error b: cacerts trusts root ${short(other)}, the mesh ${short(root)}.`,
      ]));

    it("names no one of two, unless the trust stack says which is right", () => {
      assert.deepEqual(judge({ a: files, b: otherFiles }), [
        `error: The clusters trust different roots: a ${short(root)} and b ${short(other)}.`,
      ]);
      assert.deepEqual(judge({ a: files, b: otherFiles }, [print(other)]), [
        `error a: cacerts trusts root ${short(root)}, the mesh ${short(other)}.`,
      ]);
    });

    it("names a cluster without the Secret", () =>
      assert.deepEqual(judge({ a: files, b: undefined }), [
        "error b: There is no Secret cacerts: istiod signs with a root of its own.",
      ]));

    it("takes two roots for a rotation, and one of them for half of it", () => {
      const two = { ...files, "root-cert.pem": root.chain + other.chain };
      assert.deepEqual(
        severities(
          judgeRoots(
            [
              { cluster: "a", cacerts: two },
              { cluster: "b", cacerts: two },
            ],
            { roots: undefined },
          ),
        ),
        ["ok", "ok"],
      );
      assert.deepEqual(judge({ a: two, b: files }, [print(root), print(other)]), [
        `warning b: cacerts trusts ${short(root)}, the mesh ${short(root)} and ${short(other)}.`,
      ]);
    });

    it("names a cluster whose signer the others don't trust", () => {
      const ahead = { ...otherFiles, "root-cert.pem": root.chain + other.chain };
      assert.deepEqual(judge({ a: files, b: ahead, c: files }), [
        `error b: The CA is signed by root ${short(other)}, which the mesh doesn't trust: it trusts ${short(root)}.`,
      ]);
    });

    it("leaves files that can't be read to intermediate-ca", () =>
      assert.deepEqual(judge({ a: { "root-cert.pem": "nonsense" } }), []));
  });

  describe("intermediate-ca", () => {
    it("is content with a CA, its key and its chain", () =>
      assert.deepEqual(severities(judgeIntermediate(files)), ["ok"]));

    it("names the file that doesn't fit", () => {
      const spoilt = (over: Files): string[] => said(judgeIntermediate({ ...files, ...over }));
      assert.deepEqual(spoilt({ "ca-key.pem": otherFiles["ca-key.pem"] as string }), [
        "error: ca-key.pem in the Secret cacerts is not the key of caCert.",
      ]);
      assert.deepEqual(spoilt({ "root-cert.pem": other.chain }), [
        "error: cert-chain.pem in the Secret cacerts does not lead to rootCert.",
      ]);
      assert.deepEqual(spoilt({ "ca-cert.pem": "" }), [
        "error: The Secret cacerts has no ca-cert.pem.",
      ]);
      assert.deepEqual(spoilt({ "cert-chain.pem": "nonsense" }), [
        "error: cert-chain.pem in the Secret cacerts holds no certificate.",
      ]);
    });

    it("leaves a missing Secret to root-ca", () =>
      assert.deepEqual(judgeIntermediate(undefined), []));
  });

  describe("ca-expiry", () => {
    const now = new Date();
    const lasting = async (number: number): Promise<Files> =>
      cacertsOf(root, await signedBy(root, "own", days(number)));

    for (const [number, expected] of [
      [61, "ok"],
      [59, "warning"],
      [1, "warning"],
      [-0.5, "error"],
    ] as const) {
      it(`judges a CA with ${number} days`, async () =>
        assert.deepEqual(severities(judgeExpiry(await lasting(number), { now })), [expected]));
    }

    it("judges a CA that isn't valid yet", async () => {
      const early = new Date(now.getTime() - 3 * 86_400_000);
      const [verdict] = judgeExpiry(await lasting(700), { now: early });
      assert.match(verdict?.what ?? "", /^The (intermediate|root) is valid from .* on only\.$/);
    });

    it("looks at the roots too, and has other advice for them", async () => {
      const ending = await rootAuthority("ending", days(30));
      const [verdict, ...more] = judgeExpiry(
        await cacertsOf(ending, await signedBy(ending, "own")),
        { now },
      );
      assert.deepEqual(more, []);
      assert.match(verdict?.what ?? "", /^The root is valid for (29|30) more days/);
      assert.match(verdict?.fix ?? "", /mesh:pki\.roots/);
    });
  });

  describe("root-distributed", () => {
    const judge = (...pems: string[]) =>
      said(
        judgeDistribution(
          files,
          pems.map((pem, index) => ({ namespace: `n${index}`, pem })),
        ),
      );

    it("is content where every namespace has the root", () =>
      assert.deepEqual(judge(root.chain, root.chain), ["ok: 2 namespaces have the root."]));

    it("names the namespaces that have another, or none", () => {
      assert.deepEqual(judge(root.chain, other.chain), [
        `error: istio-ca-root-cert in n1 holds root ${short(other)}, cacerts ${short(root)}.`,
      ]);
      assert.deepEqual(judge(""), [
        `error: istio-ca-root-cert in n0 holds no certificate, cacerts ${short(root)}.`,
      ]);
      assert.deepEqual(judge(), ["error: No namespace has the ConfigMap istio-ca-root-cert."]);
    });
  });

  describe("ca-in-use", () => {
    it("knows istiod's own certificate from the CA's", async () => {
      const serving = await signedBy(own, "istiod", days(30), "spiffe://istiod");
      assert.deepEqual(severities(judgeCaInUse(files, pemsOf(serving))), ["ok"]);
    });

    it("gives istiod time for a new CA under the same root", async () => {
      const old = await signedBy(root, "old");
      const serving = await signedBy(old, "istiod", days(30), "spiffe://istiod");
      assert.deepEqual(said(judgeCaInUse(files, pemsOf(serving))), [
        `warning: istiod still signs with CA ${short(old)}, cacerts has ${short(own)}.`,
      ]);
    });

    it("names an istiod that signs under another root", async () => {
      const stranger = await signedBy(other, "stranger");
      const serving = await signedBy(stranger, "istiod", days(30), "spiffe://istiod");
      assert.deepEqual(said(judgeCaInUse(files, pemsOf(serving))), [
        `error: istiod signs with CA ${short(stranger)}, which doesn't come from cacerts' root.`,
      ]);
    });
  });
});
