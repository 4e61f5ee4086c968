import { Problem } from "@istio-multicloud/service-kit";
import { Batch } from "./signature/batch";
import type { KeyCache } from "./signature/key-cache";
import { decodeSignature, isSigned, SIGNATURE_HEADER } from "./signature/verify";

/** RFC 9110, section 11.6.1: a 401 says what would have been needed. */
const CHALLENGE = { "www-authenticate": SIGNATURE_HEADER };

/** Of all requests, by whichever key. */
const verifications = new Batch();

/**
 * Makes sure that a body was signed by CEK.
 *
 * @param header `SignatureCEK`
 * @returns the signature
 * @throws Problem 401 when it is not, 503 as long as there is no key to tell
 */
export async function authenticate(
  body: Buffer,
  header: string | string[] | undefined,
  keys: KeyCache,
): Promise<Buffer> {
  const signature = decodeSignature(header);
  if (signature === undefined) {
    throw new Problem(401, {
      detail: `The request has no ${SIGNATURE_HEADER} header with a signature in Base64.`,
      headers: CHALLENGE,
    });
  }
  const known = keys.current() ?? (await keys.obtain());
  if (known === undefined) {
    throw new Problem(503, {
      detail: "There is no key yet to verify requests with.",
      headers: { "retry-after": "5" },
    });
  }
  if (await verifications.do(() => isSigned(body, signature, known))) {
    return signature;
  }
  const replacement = await keys.replacing(known);
  if (replacement === undefined || !isSigned(body, signature, replacement)) {
    throw new Problem(401, {
      detail: `The ${SIGNATURE_HEADER} header is no signature of this body.`,
      headers: CHALLENGE,
    });
  }
  return signature;
}
