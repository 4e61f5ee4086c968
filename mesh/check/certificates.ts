import { X509Certificate } from "node:crypto";
import { splitPem } from "../../config/cacerts";

const DAY_MS = 86_400_000;

/** Certificates of a PEM bundle, in order. @throws Error where one can't be parsed */
export const certificatesOf = (bundle: string): X509Certificate[] =>
  splitPem(bundle).map((pem) => new X509Certificate(pem));

/** Whether a text is a bundle of at least one certificate. */
export function readable(bundle: string | undefined): bundle is string {
  try {
    return bundle !== undefined && certificatesOf(bundle).length > 0;
  } catch {
    return false;
  }
}

/** SHA-256 fingerprints of a bundle's certificates, in order. */
export const fingerprints = (bundle: string): string[] =>
  certificatesOf(bundle).map(({ fingerprint256 }) => fingerprint256);

/** Enough of a fingerprint to tell roots apart: its first four bytes. */
export const shortFingerprint = (fingerprint: string): string => fingerprint.slice(0, 11);

/**
 * The root that a chain leads to.
 *
 * @param chain each certificate before the one that signed it; the root itself may be its last
 */
export function signerOf(
  chain: readonly X509Certificate[],
  roots: readonly X509Certificate[],
): X509Certificate | undefined {
  const isLinked = chain.every((link, index) => {
    const issuer = chain[index + 1];
    return issuer === undefined || link.verify(issuer.publicKey);
  });
  const last = chain.at(-1);
  return isLinked && last !== undefined
    ? roots.find((root) => last.verify(root.publicKey))
    : undefined;
}

export const endOf = ({ validTo }: X509Certificate): Date => new Date(validTo);

/** Whole days until a time; negative once it is past. */
export const daysUntil = (end: Date, now: Date): number =>
  Math.floor((end.getTime() - now.getTime()) / DAY_MS);
