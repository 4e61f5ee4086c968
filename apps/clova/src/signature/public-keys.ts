import { createPublicKey, type KeyObject } from "node:crypto";

/** A key that can't be used, in one sentence; what it says of the key is no secret. */
export class KeyError extends Error {}

/** A forged signature is a matter of days below this. */
const FEWEST_BITS = 1024;
/** The old key and the new one, while a key is being replaced, and some to spare. */
const MOST_KEYS = 4;

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;
const PUBLIC_LABELS: readonly string[] = ["PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE"];

/**
 * The RSA public keys of a PEM text: SPKI, PKCS#1 or certificates (RFC 7468), any of which may have
 * signed a request.
 *
 * @throws KeyError when there is none, too many, or one is of no use
 */
export function parsePublicKeys(pem: string): readonly KeyObject[] {
  const blocks = [...pem.matchAll(PEM_BLOCK)];
  if (blocks.some(([, label = ""]) => label.endsWith("PRIVATE KEY"))) {
    throw new KeyError("There is a private key where the public one belongs.");
  }
  const keys = blocks.flatMap(([block, label = ""]) =>
    PUBLIC_LABELS.includes(label) ? [rsaKey(block)] : [],
  );
  if (keys.length === 0 || keys.length > MOST_KEYS) {
    throw new KeyError(
      `There are ${keys.length} public keys in PEM, and 1 to ${MOST_KEYS} are wanted.`,
    );
  }
  return keys;
}

function rsaKey(block: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey(block);
  } catch {
    throw new KeyError("There is a public key in PEM that can't be read.");
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== "rsa" || bits < FEWEST_BITS) {
    throw new KeyError(`The key is not an RSA key of at least ${FEWEST_BITS} bits.`);
  }
  return key;
}
