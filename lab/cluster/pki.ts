// @peculiar/x509 needs the polyfill loaded before it.
import "reflect-metadata";
import { randomBytes, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { LabCluster } from "../topology";
import {
  AUTHORITIES,
  certificatePlans,
  type Authority,
  type CertificatePlan,
  type PemFiles,
} from "./certificates";

/** A lab lives for hours; one that was forgotten is issued anew by `up`. */
const VALIDITY_MS = 365 * 24 * 60 * 60 * 1000;
/** Clocks of a suspended machine can lag behind. */
const BACKDATE_MS = 5 * 60 * 1000;

const KEY_ALGORITHM = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNING_ALGORITHM = { name: "ECDSA", hash: "SHA-256" } as const;

interface Issuer {
  readonly certificate: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

/** Issues a whole new PKI for a cluster (EC P-256, one year). */
export async function issuePki(cluster: LabCluster, now = new Date()): Promise<PemFiles> {
  const files = new Map<string, string>();
  const authorities = new Map<Authority, Issuer>();
  for (const authority of AUTHORITIES) {
    const keys = await generateKeys();
    const certificate = await issueAuthority(`mesh-lab ${cluster.name} ${authority}`, keys, now);
    authorities.set(authority, { certificate, key: keys.privateKey });
    files.set(`${authority}.crt`, pem(certificate));
    files.set(`${authority}.key`, await privateKeyPem(keys));
  }
  for (const plan of certificatePlans(cluster)) {
    const issuer = authorities.get(plan.authority);
    if (issuer === undefined) {
      throw new Error(`no certificate authority ${plan.authority}`);
    }
    const keys = await generateKeys();
    files.set(`${plan.file}.crt`, pem(await issueLeaf(plan, keys, issuer, now)));
    files.set(`${plan.file}.key`, await privateKeyPem(keys));
  }
  const serviceAccount = await generateKeys();
  files.set("service-account.key", await privateKeyPem(serviceAccount));
  files.set("service-account.pub", await publicKeyPem(serviceAccount));
  return files;
}

const generateKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(KEY_ALGORITHM, true, ["sign", "verify"]);

async function issueAuthority(
  commonName: string,
  keys: webcrypto.CryptoKeyPair,
  now: Date,
): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.createSelfSigned({
    ...common(now),
    name: [{ CN: [commonName] }],
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
}

async function issueLeaf(
  plan: CertificatePlan,
  keys: webcrypto.CryptoKeyPair,
  issuer: Issuer,
  now: Date,
): Promise<x509.X509Certificate> {
  const names: x509.JsonGeneralNames = [
    ...(plan.dnsNames ?? []).map((value) => ({ type: "dns" as const, value })),
    ...(plan.addresses ?? []).map((value) => ({ type: "ip" as const, value })),
  ];
  return x509.X509CertificateGenerator.create({
    ...common(now),
    subject: [
      ...(plan.organization === undefined ? [] : [{ O: [plan.organization] }]),
      { CN: [plan.commonName] },
    ],
    issuer: issuer.certificate.subject,
    signingKey: issuer.key,
    publicKey: keys.publicKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(plan.usages.map((usage) => x509.ExtendedKeyUsage[usage])),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.certificate.publicKey),
      ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
    ],
  });
}

const common = (now: Date) => ({
  serialNumber: serialNumber(),
  notBefore: new Date(now.getTime() - BACKDATE_MS),
  notAfter: new Date(now.getTime() + VALIDITY_MS),
  signingAlgorithm: SIGNING_ALGORITHM,
});

/** Positive, and 126 bits of it random (RFC 5280 §4.1.2.2 allows 20 octets). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString("hex");
}

const pem = (certificate: x509.X509Certificate): string => `${certificate.toString("pem")}\n`;

const privateKeyPem = async ({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> =>
  armor("PRIVATE KEY", await webcrypto.subtle.exportKey("pkcs8", privateKey));

const publicKeyPem = async ({ publicKey }: webcrypto.CryptoKeyPair): Promise<string> =>
  armor("PUBLIC KEY", await webcrypto.subtle.exportKey("spki", publicKey));

const armor = (label: string, der: ArrayBuffer): string =>
  `${x509.PemConverter.encode(der, label)}\n`;
