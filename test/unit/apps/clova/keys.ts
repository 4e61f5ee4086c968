import { generateKeyPairSync, type KeyObject } from "node:crypto";

export interface Keys {
  readonly privateKey: KeyObject;
  readonly pem: string;
}

export function newKeys(modulusLength: number): Keys {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength });
  return { privateKey, pem: publicKey.export({ type: "spki", format: "pem" }).toString() };
}

/** A pair of CEK's size takes long to make: all tests have the same. */
function pair(): () => Keys {
  let made: Keys | undefined;
  return () => (made ??= newKeys(2048));
}

/** What CEK signs with. */
export const cekKeys = pair();

/** What somebody else signs with, or CEK one day. */
export const otherKeys = pair();
