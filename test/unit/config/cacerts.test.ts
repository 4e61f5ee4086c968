import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkCacerts, splitPem } from "../../../config/cacerts";
import type { CacertsPem } from "../../../config/model";

/** A root, an intermediate and a leaf made by openssl, as an owner of a CA would hand them over. */
function makeCertificates(): CacertsPem & { leaf: string; otherKey: string } {
  const dir = mkdtempSync(join(tmpdir(), "cacerts-"));
  const openssl = (...args: string[]): void =>
    void execFileSync("openssl", args, { cwd: dir, stdio: "pipe" });
  const ca = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"];
  writeFileSync(join(dir, "ca.ext"), "basicConstraints=critical,CA:TRUE,pathlen:0\n");
  openssl("req", "-x509", ...ca, "-subj", "/CN=root", "-keyout", "root.key", "-out", "root.pem");
  for (const name of ["ca", "leaf"]) {
    openssl(
      "req",
      ...ca.slice(0, 4),
      "-nodes",
      "-subj",
      `/CN=${name}`,
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
    );
    const extensions = name === "ca" ? ["-extfile", "ca.ext"] : [];
    openssl(
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      "-CA",
      "root.pem",
      "-CAkey",
      "root.key",
      "-CAcreateserial",
      "-days",
      "30",
      ...extensions,
      "-out",
      `${name}.pem`,
    );
  }
  const read = (file: string): string => readFileSync(join(dir, file), "utf8");
  const pems = {
    caCert: read("ca.pem"),
    caKey: read("ca.key"),
    rootCert: read("root.pem"),
    certChain: read("ca.pem") + read("root.pem"),
    leaf: read("leaf.pem"),
    otherKey: read("leaf.key"),
  };
  rmSync(dir, { recursive: true });
  return pems;
}

describe("checkCacerts", () => {
  const { leaf, otherKey, ...pems } = makeCertificates();
  const other = makeCertificates();

  it("accepts what istiod accepts, and returns it unchanged", () => {
    assert.deepEqual(checkCacerts(pems), pems);
  });

  const refused: [string, Partial<CacertsPem>, RegExp][] = [
    ["a certificate that is no CA", { caCert: leaf }, /caCert is not a CA certificate/],
    ["another certificate's key", { caKey: otherKey }, /caKey is not the key of caCert/],
    ["a key that is none", { caKey: "-----BEGIN KEY-----" }, /caKey is not an unencrypted PEM key/],
    [
      "a chain in the wrong order",
      { certChain: pems.rootCert + pems.caCert },
      /certChain does not begin with caCert/,
    ],
    ["another mesh's root", { rootCert: other.rootCert }, /certChain does not lead to rootCert/],
    [
      "a chain with a stranger in it",
      { certChain: pems.caCert + other.rootCert },
      /certChain does not lead to rootCert/,
    ],
    ["a root file without certificates", { rootCert: "x" }, /rootCert holds no certificate/],
  ];
  for (const [title, over, message] of refused) {
    it(`refuses ${title}`, () => {
      assert.throws(() => checkCacerts({ ...pems, ...over }), message);
    });
  }

  it("splits a bundle into its certificates", () => {
    assert.equal(splitPem(pems.certChain).length, 2);
  });
});
