import { createPrivateKey, X509Certificate } from "node:crypto";
import { UserError } from "./errors";
import type { CacertsPem } from "./model";

const KEY = "mesh:cacerts";

/** A CA file that doesn't fit. */
export class CacertsError extends UserError {
  constructor(
    readonly file: keyof CacertsPem,
    /** Without a subject, e.g. `is not a CA certificate`. */
    readonly what: string,
    fix: string,
  ) {
    super(`${KEY}.${file} ${what}: ${fix}`, 2);
  }
}

/**
 * Checks CA files as istiod does at its start (security/pkg/pki/util/keycertbundle.go, Verify):
 * the certificate is a CA, the key is its own, and the chain leads to the root.
 *
 * @returns the same files
 * @throws CacertsError naming the file that doesn't fit
 */
export function checkCacerts(pems: CacertsPem): CacertsPem {
  const ca = certificate(pems.caCert, "caCert");
  const roots = certificates(pems.rootCert, "rootCert");
  const chain = certificates(pems.certChain, "certChain");
  if (!ca.ca) {
    throw wrong("caCert", "is not a CA certificate", "sign it with CA:TRUE");
  }
  if (!ca.checkPrivateKey(privateKey(pems.caKey))) {
    throw wrong("caKey", "is not the key of caCert", "give the key that caCert was made with");
  }
  if (chain[0]?.fingerprint256 !== ca.fingerprint256) {
    throw wrong("certChain", "does not begin with caCert", "write caCert, then what signed it");
  }
  const last = chain.at(-1) as X509Certificate;
  const linked = chain.every((link, index) => {
    const issuer = chain[index + 1];
    return issuer === undefined || link.verify(issuer.publicKey);
  });
  if (!linked || !roots.some((root) => last.verify(root.publicKey))) {
    throw wrong(
      "certChain",
      "does not lead to rootCert",
      "write each certificate after the one it signed",
    );
  }
  return pems;
}

/** Splits a PEM bundle into its certificates, in order. */
export const splitPem = (bundle: string): string[] =>
  bundle.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];

function certificates(bundle: string, file: keyof CacertsPem): X509Certificate[] {
  const parts = splitPem(bundle);
  if (parts.length === 0) {
    throw wrong(file, "holds no certificate", "paste the whole PEM file");
  }
  return parts.map((part) => certificate(part, file));
}

function certificate(pem: string, file: keyof CacertsPem): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw wrong(file, "is not a PEM certificate", "paste the whole PEM file");
  }
}

function privateKey(pem: string): ReturnType<typeof createPrivateKey> {
  try {
    return createPrivateKey(pem);
  } catch {
    throw wrong(
      "caKey",
      "is not an unencrypted PEM key",
      "decrypt it, the stack's secret protects it",
    );
  }
}

const wrong = (file: keyof CacertsPem, what: string, fix: string): CacertsError =>
  new CacertsError(file, what, fix);
