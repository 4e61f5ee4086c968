// @peculiar/x509 needs the polyfill loaded before it.
import "reflect-metadata";
import { randomBytes, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

export interface SelfSigned {
  /** PEM */
  readonly certificate: string;
  /** PEM */
  readonly key: string;
}

export interface Validity {
  readonly from: Date;
  readonly until: Date;
}

const DAY_MS = 86_400_000;

/** From yesterday for these many days. */
export const days = (number: number, now = Date.now()): Validity => ({
  from: new Date(now - DAY_MS),
  until: new Date(now + number * DAY_MS),
});

/** A certificate that signs itself, also as a server at these addresses. */
export async function selfSigned(
  name: string,
  { from, until }: Validity = days(30),
  addresses: readonly string[] = [],
): Promise<SelfSigned> {
  const keys = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
    "sign",
    "verify",
  ]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: `40${randomBytes(8).toString("hex")}`,
    name: [{ CN: [name] }],
    notBefore: from,
    notAfter: until,
    signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      ...(addresses.length > 0
        ? [
            new x509.SubjectAlternativeNameExtension(
              addresses.map((value) => ({ type: "ip" as const, value })),
            ),
          ]
        : []),
    ],
  });
  return {
    certificate: `${certificate.toString("pem")}\n`,
    key: `${x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY")}\n`,
  };
}
