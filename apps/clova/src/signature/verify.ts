import { verify, type KeyObject } from "node:crypto";

/** What every request of CEK carries: its body's signature, Base64. */
export const SIGNATURE_HEADER = "SignatureCEK";

/**
 * The bytes of a signature header.
 *
 * @returns nothing for a header that is absent, given twice, or no Base64 (RFC 4648, section 4)
 */
export function decodeSignature(header: string | string[] | undefined): Buffer | undefined {
  if (typeof header !== "string" || header === "") {
    return undefined;
  }
  const bytes = Buffer.from(header, "base64");
  // Buffer.from skips what is no Base64, so that many headers would stand for one signature.
  return bytes.toString("base64") === header ? bytes : undefined;
}

/**
 * Whether one of the keys signed exactly these bytes: RSASSA-PKCS1-v1_5 with SHA-256 over the raw
 * body (CLOVA custom extension developer guide, "Validating request message").
 *
 * @param keys RSA keys, whose padding this is by default; inside an object of options Node.js 24
 *   would read a key anew for each request, which takes half as long as to verify it
 */
export const isSigned = (body: Buffer, signature: Buffer, keys: readonly KeyObject[]): boolean =>
  keys.some((key) => verify("sha256", body, key, signature));
