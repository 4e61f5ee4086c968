import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyExportOptions,
  type KeyObject,
} from "node:crypto";
import { UserError } from "../../../config/errors";
import { logical, type Values } from "./logical";

/** Curves by the provider's names for them; OpenSSL's name and the one in OpenSSH's key types. */
const CURVES: Readonly<Record<string, { readonly openssl: string; readonly openssh: string }>> = {
  P256: { openssl: "prime256v1", openssh: "nistp256" },
  P384: { openssl: "secp384r1", openssh: "nistp384" },
  P521: { openssl: "secp521r1", openssh: "nistp521" },
};

/**
 * `tls:index/privateKey:PrivateKey` for RSA and for ECDSA on P256, P384 and P521.
 *
 * Encodings as the provider's: PKCS #1 or SEC 1 in `privateKeyPem`, PKCS #8 beside it. It makes no
 * `privateKeyOpenssh`.
 */
export const privateKey = logical({
  create: makePrivateKey,
  id: ({ publicKeyFingerprintSha256 }) => publicKeyFingerprintSha256 as string,
});

/** A new key in the provider's encodings, from the provider's arguments. */
export function makePrivateKey(inputs: Values): KeyOutputs {
  return keyOutputs(inputs, generate(inputs));
}

type KeyOutputs = Readonly<
  Record<
    | "privateKeyPem"
    | "privateKeyPemPkcs8"
    | "publicKeyPem"
    | "publicKeyOpenssh"
    | "publicKeyFingerprintMd5"
    | "publicKeyFingerprintSha256",
    string
  >
>;

function generate({ algorithm, ecdsaCurve, rsaBits }: Values): KeyObject {
  if (algorithm === "RSA") {
    return generateKeyPairSync("rsa", { modulusLength: Number(rsaBits ?? 2048) }).privateKey;
  }
  const curve = CURVES[String(ecdsaCurve)];
  if (algorithm !== "ECDSA" || curve === undefined) {
    const asked = algorithm === "ECDSA" ? `ECDSA on ${String(ecdsaCurve)}` : String(algorithm);
    throw new UserError(
      `the lab's engine makes no ${asked} keys: use RSA, or ECDSA on P256, P384 or P521`,
    );
  }
  return generateKeyPairSync("ec", { namedCurve: curve.openssl }).privateKey;
}

function keyOutputs(inputs: Values, key: KeyObject): KeyOutputs {
  const publicKey = createPublicKey(key);
  const blob = opensshBlob(publicKey, CURVES[String(inputs["ecdsaCurve"])]?.openssh);
  const type = blob.subarray(4, 4 + blob.readUInt32BE(0)).toString("ascii");
  return {
    privateKeyPem: toPem(key, {
      type: key.asymmetricKeyType === "rsa" ? "pkcs1" : "sec1",
      format: "pem",
    }),
    privateKeyPemPkcs8: toPem(key, { type: "pkcs8", format: "pem" }),
    publicKeyPem: toPem(publicKey, { type: "spki", format: "pem" }),
    publicKeyOpenssh: `${type} ${blob.toString("base64")}\n`,
    publicKeyFingerprintMd5: (hash("md5", blob).toString("hex").match(/../g) ?? []).join(":"),
    publicKeyFingerprintSha256: `SHA256:${hash("sha256", blob).toString("base64").replace(/=+$/, "")}`,
  };
}

const toPem = (key: KeyObject, encoding: KeyExportOptions<"pem">): string =>
  key.export(encoding).toString();

/** RFC 4253 §6.6 for RSA, RFC 5656 §3.1 for ECDSA. */
function opensshBlob(publicKey: KeyObject, curve: string | undefined): Buffer {
  const { n, e, x, y } = publicKey.export({ format: "jwk" });
  const bytes = (value: string | undefined): Buffer => Buffer.from(value ?? "", "base64url");
  return curve === undefined || n !== undefined
    ? Buffer.concat([sshString(Buffer.from("ssh-rsa")), sshInteger(bytes(e)), sshInteger(bytes(n))])
    : Buffer.concat([
        sshString(Buffer.from(`ecdsa-sha2-${curve}`)),
        sshString(Buffer.from(curve)),
        sshString(Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)])),
      ]);
}

function sshString(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A leading zero keeps a number positive whose first bit is set. */
const sshInteger = (bytes: Buffer): Buffer =>
  sshString((bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);

const hash = (algorithm: string, bytes: Buffer): Buffer =>
  createHash(algorithm).update(bytes).digest();
