import { constants, sign as signBytes, type KeyObject } from "node:crypto";

/** The value that CEK's `SignatureCEK` header has for a body. */
export const sign = (body: Buffer, key: KeyObject): string =>
  signBytes("sha256", body, { key, padding: constants.RSA_PKCS1_PADDING }).toString("base64");
