// @peculiar/x509 needs the polyfill loaded before it.
import "reflect-metadata";
import { randomBytes, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { days, type Validity } from "./certificates";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };

/** A certificate with its key, and what is above it. */
export interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
  /** PEM: itself first, its root last. */
  readonly chain: string;
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);

const serialNumber = (): string => `40${randomBytes(8).toString("hex")}`;

const pem = (certificate: x509.X509Certificate): string => `${certificate.toString("pem")}\n`;

export async function rootAuthority(
  name: string,
  validity: Validity = days(3650),
): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [name] }],
    notBefore: validity.from,
    notAfter: validity.until,
    signingAlgorithm: SIGNING,
    keys,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true), caUsage()],
  });
  return { certificate, keys, chain: pem(certificate) };
}

/** What an authority signs: another one, or a workload with this SPIFFE ID. */
export async function signedBy(
  issuer: Authority,
  name: string,
  validity: Validity = days(730),
  spiffeId?: string,
): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [name] }],
    issuer: issuer.certificate.subjectName,
    notBefore: validity.from,
    notAfter: validity.until,
    signingAlgorithm: SIGNING,
    publicKey: keys.publicKey,
    signingKey: issuer.keys.privateKey,
    extensions:
      spiffeId === undefined
        ? [
            new x509.BasicConstraintsExtension(true, 0, true),
            caUsage(),
            new x509.SubjectAlternativeNameExtension([
              { type: "dns", value: "istiod.istio-system.svc" },
            ]),
          ]
        : [new x509.SubjectAlternativeNameExtension([{ type: "url", value: spiffeId }])],
  });
  return { certificate, keys, chain: pem(certificate) + issuer.chain };
}

/** The files of the Secret `cacerts` of a cluster whose intermediate a root has signed. */
export async function cacertsOf(
  root: Authority,
  intermediate: Authority,
): Promise<Record<string, string>> {
  const key = await webcrypto.subtle.exportKey("pkcs8", intermediate.keys.privateKey);
  return {
    "ca-cert.pem": pem(intermediate.certificate),
    "ca-key.pem": `${x509.PemConverter.encode(key, "PRIVATE KEY")}\n`,
    "root-cert.pem": root.chain,
    "cert-chain.pem": intermediate.chain,
  };
}

const caUsage = (): x509.KeyUsagesExtension =>
  new x509.KeyUsagesExtension(
    x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.digitalSignature,
    true,
  );
