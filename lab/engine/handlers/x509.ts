import { createPrivateKey, randomBytes, webcrypto, type KeyObject } from "node:crypto";
import type * as X509 from "@peculiar/x509";
import { UserError } from "../../../config/errors";
import { objectOr, textOf } from "../../../config/json";
import type { Values } from "./logical";

/**
 * What the certificate handlers share: names, usages, extensions and signing keys, as
 * terraform-provider-tls and Go's crypto/x509 have them.
 */

/** Loaded when a certificate is made, which most runs don't do. */
export async function loadX509(): Promise<typeof X509> {
  // The library injects its dependencies through a container that needs this polyfill.
  await import("reflect-metadata");
  return import("@peculiar/x509");
}

/** In the order in which Go's crypto/x509/pkix writes them. */
const ATTRIBUTES: readonly (readonly [property: string, type: string])[] = [
  ["country", "C"],
  ["organization", "O"],
  ["organizationalUnit", "OU"],
  ["locality", "L"],
  ["province", "ST"],
  ["streetAddresses", "2.5.4.9"],
  ["postalCode", "2.5.4.17"],
  ["commonName", "CN"],
  ["serialNumber", "2.5.4.5"],
  ["emailAddress", "E"],
];

/** A distinguished name from a `subject` argument. */
export function distinguishedName(subject: unknown): X509.JsonName {
  const values = objectOr(subject);
  return ATTRIBUTES.flatMap(([property, type]) => {
    const value = values[property];
    const texts = Array.isArray(value) ? value.map(String) : (textOf(value) ?? []);
    return [texts].flat().map((text) => ({ [type]: [text] }));
  });
}

/** Bits of KeyUsage (RFC 5280 §4.2.1.3) by the provider's names. */
const KEY_USAGES: Readonly<Record<string, number>> = {
  digital_signature: 1,
  content_commitment: 2,
  key_encipherment: 4,
  data_encipherment: 8,
  key_agreement: 16,
  cert_signing: 32,
  crl_signing: 64,
  encipher_only: 128,
  decipher_only: 256,
};
/** Key purposes (RFC 5280 §4.2.1.12) by the provider's names. */
const EXTENDED_KEY_USAGES: Readonly<Record<string, string>> = {
  any_extended: "2.5.29.37.0",
  server_auth: "1.3.6.1.5.5.7.3.1",
  client_auth: "1.3.6.1.5.5.7.3.2",
  code_signing: "1.3.6.1.5.5.7.3.3",
  email_protection: "1.3.6.1.5.5.7.3.4",
  timestamping: "1.3.6.1.5.5.7.3.8",
  ocsp_signing: "1.3.6.1.5.5.7.3.9",
};

/** The extensions of a certificate for `publicKey` that its arguments ask for. */
export async function extensions(
  x509: typeof X509,
  inputs: Values,
  publicKey: X509.PublicKey,
): Promise<X509.Extension[]> {
  const isCa = inputs["isCaCertificate"] === true;
  const uses = ((inputs["allowedUses"] ?? []) as readonly unknown[]).map(String);
  const stranger = uses.find((use) => !(use in KEY_USAGES) && !(use in EXTENDED_KEY_USAGES));
  if (stranger !== undefined) {
    throw new UserError(
      `allowedUses has "${stranger}", which is no key usage: write ${Object.keys({ ...KEY_USAGES, ...EXTENDED_KEY_USAGES }).join(", ")}`,
    );
  }
  const bits = uses.reduce((sum, use) => sum | (KEY_USAGES[use] ?? 0), 0);
  const purposes = uses.flatMap((use) => EXTENDED_KEY_USAGES[use] ?? []);
  const result: X509.Extension[] = [];
  if (bits !== 0) {
    result.push(new x509.KeyUsagesExtension(bits, true));
  }
  if (purposes.length > 0) {
    result.push(new x509.ExtendedKeyUsageExtension(purposes));
  }
  result.push(
    new x509.BasicConstraintsExtension(isCa, isCa ? pathLength(inputs) : undefined, true),
  );
  if (isCa || inputs["setSubjectKeyId"] === true) {
    result.push(await x509.SubjectKeyIdentifierExtension.create(publicKey));
  }
  return result;
}

/** -1, the provider's default, is no limit. */
function pathLength({ maxPathLength }: Values): number | undefined {
  const limit = Number(maxPathLength ?? -1);
  return limit < 0 ? undefined : limit;
}

/** The names of a certificate or request besides its subject; none gives no extension. */
export function alternativeNames(
  x509: typeof X509,
  { dnsNames, ipAddresses, uris }: Values,
): X509.Extension[] {
  const names = (type: X509.GeneralNameType, values: unknown): X509.JsonGeneralName[] =>
    ((values ?? []) as readonly unknown[]).map((value) => ({ type, value: String(value) }));
  const all = [...names("dns", dnsNames), ...names("ip", ipAddresses), ...names("url", uris)];
  return all.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(all)];
}

export interface Signer {
  readonly keys: {
    readonly privateKey: webcrypto.CryptoKey;
    readonly publicKey: webcrypto.CryptoKey;
  };
  readonly signingAlgorithm: { readonly name: string; readonly hash: string };
  /** `ECDSA` or `RSA`, as the provider calls it. */
  readonly keyAlgorithm: string;
}

/** The hash grows with the curve, as in Go's crypto/x509. */
const CURVE_ALGORITHMS: Readonly<
  Record<string, { readonly curve: string; readonly hash: string }>
> = {
  prime256v1: { curve: "P-256", hash: "SHA-256" },
  secp384r1: { curve: "P-384", hash: "SHA-384" },
  secp521r1: { curve: "P-521", hash: "SHA-512" },
};

/** A signing key from its PEM text. @throws UserError when it is none, or neither RSA nor a NIST curve's */
export async function signer(pem: unknown, where: string): Promise<Signer> {
  const key = readKey(pem, where);
  const curve = CURVE_ALGORITHMS[key.asymmetricKeyDetails?.namedCurve ?? ""];
  if (key.asymmetricKeyType !== "rsa" && curve === undefined) {
    throw new UserError(
      `${where} is neither an RSA key nor one on P256, P384 or P521: use another`,
    );
  }
  const algorithm =
    curve === undefined
      ? { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }
      : { name: "ECDSA", namedCurve: curve.curve };
  const { subtle } = webcrypto;
  const privateKey = await subtle.importKey(
    "pkcs8",
    key.export({ type: "pkcs8", format: "der" }),
    algorithm,
    true,
    ["sign"],
  );
  const jwk = await subtle.exportKey("jwk", privateKey);
  const { kty, crv, x, y, n, e } = jwk;
  const publicKey = await subtle.importKey("jwk", { kty, crv, x, y, n, e }, algorithm, true, [
    "verify",
  ]);
  return {
    keys: { privateKey, publicKey },
    signingAlgorithm: { name: algorithm.name, hash: curve?.hash ?? "SHA-256" },
    keyAlgorithm: curve === undefined ? "RSA" : "ECDSA",
  };
}

function readKey(pem: unknown, where: string): KeyObject {
  try {
    return createPrivateKey(String(pem));
  } catch {
    throw new UserError(`${where} is no private key: pass its PEM text`);
  }
}

const MS_PER_HOUR = 3_600_000;

/** Start and end of a certificate's validity, in whole seconds as X.509 has them. */
export function validity(inputs: Values, now: Date): { notBefore: Date; notAfter: Date } {
  const start = Math.floor(now.getTime() / 1000) * 1000;
  return {
    notBefore: new Date(start),
    notAfter: new Date(start + Number(inputs["validityPeriodHours"]) * MS_PER_HOUR),
  };
}

/** RFC 3339 without fractions of a second. */
export const rfc3339 = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, "Z");

/** Whether a certificate's end is closer than `earlyRenewalHours`. */
export const isReadyForRenewal = (inputs: Values, outputs: Values, now: Date): boolean =>
  now.getTime() >=
  Date.parse(String(outputs["validityEndTime"])) -
    Number(inputs["earlyRenewalHours"] ?? 0) * MS_PER_HOUR;

/** 16 random bytes whose first bit is clear: positive, and of the length that RFC 5280 allows. */
export function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x01;
  return bytes.toString("hex");
}

/** PEM as Go writes it, with a newline at its end. */
export const pem = (text: string): string => `${text.trimEnd()}\n`;
