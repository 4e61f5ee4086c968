import { webcrypto } from "node:crypto";
import type * as X509 from "@peculiar/x509";
import { UserError } from "../../../config/errors";
import { logical, type LogicalResource, type Values } from "./logical";
import {
  alternativeNames,
  distinguishedName,
  extensions,
  isReadyForRenewal,
  loadX509,
  pem,
  rfc3339,
  serialNumber,
  signer,
  validity,
} from "./x509";

/** RFC 5280 §4.2.1.6 */
const SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

/** Certificates are made anew in the first run within `earlyRenewalHours` of their end. */
const renewing: Pick<LogicalResource, "id" | "refresh" | "isStale" | "indifferentTo"> = {
  id: ({ serial }) => serial as string,
  refresh: (inputs, outputs, now) => ({ readyForRenewal: isReadyForRenewal(inputs, outputs, now) }),
  isStale: ({ readyForRenewal }) => readyForRenewal === true,
  indifferentTo: ["earlyRenewalHours"],
};

/** `tls:index/selfSignedCert:SelfSignedCert` */
export const selfSignedCert = logical({ ...renewing, create: makeSelfSigned });

export async function makeSelfSigned(inputs: Values, now: Date): Promise<CertificateOutputs> {
  const x509 = await loadX509();
  const { keys, signingAlgorithm, keyAlgorithm } = await signer(
    inputs["privateKeyPem"],
    "privateKeyPem of a SelfSignedCert",
  );
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: distinguishedName(inputs["subject"]),
    ...validity(inputs, now),
    keys,
    signingAlgorithm,
    extensions: [
      ...(await extensions(x509, inputs, new x509.PublicKey(await spki(keys.publicKey)))),
      ...(inputs["setAuthorityKeyId"] === true
        ? [await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey)]
        : []),
      ...alternativeNames(x509, inputs),
    ],
  });
  return { ...certificateOutputs(certificate), keyAlgorithm };
}

/** `tls:index/certRequest:CertRequest` */
export const certRequest = logical({
  create: async (inputs) => {
    const x509 = await loadX509();
    const { keys, signingAlgorithm, keyAlgorithm } = await signer(
      inputs["privateKeyPem"],
      "privateKeyPem of a CertRequest",
    );
    const request = await x509.Pkcs10CertificateRequestGenerator.create({
      name: distinguishedName(inputs["subject"]),
      keys,
      signingAlgorithm,
      extensions: alternativeNames(x509, inputs),
    });
    return { certRequestPem: pem(request.toString("pem")), keyAlgorithm };
  },
  id: ({ certRequestPem }) => String(certRequestPem).split("\n")[1] as string,
});

/** `tls:index/locallySignedCert:LocallySignedCert` */
export const locallySignedCert = logical({
  ...renewing,
  create: async (inputs, now) => {
    const x509 = await loadX509();
    const request = await readRequest(x509, inputs["certRequestPem"]);
    const issuer = readCertificate(x509, inputs["caCertPem"]);
    const { keys, signingAlgorithm, keyAlgorithm } = await signer(
      inputs["caPrivateKeyPem"],
      "caPrivateKeyPem of a LocallySignedCert",
    );
    await checkPair(issuer, keys.publicKey);
    const issuerKeyId = issuer.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId;
    const names = request.getExtension(SUBJECT_ALTERNATIVE_NAME);
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: request.subjectName.toJSON(),
      issuer: issuer.subjectName.toJSON(),
      ...validity(inputs, now),
      publicKey: request.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm,
      extensions: [
        ...(await extensions(x509, inputs, request.publicKey)),
        ...(issuerKeyId === undefined
          ? []
          : [new x509.AuthorityKeyIdentifierExtension(issuerKeyId)]),
        ...(names === null ? [] : [names]),
      ],
    });
    return { ...certificateOutputs(certificate), caKeyAlgorithm: keyAlgorithm };
  },
});

type CertificateOutputs = Values & { readonly certPem: string };

function certificateOutputs(certificate: X509.X509Certificate): CertificateOutputs {
  return {
    certPem: pem(certificate.toString("pem")),
    serial: certificate.serialNumber,
    validityStartTime: rfc3339(certificate.notBefore),
    validityEndTime: rfc3339(certificate.notAfter),
  };
}

async function readRequest(
  x509: typeof X509,
  text: unknown,
): Promise<X509.Pkcs10CertificateRequest> {
  let request: X509.Pkcs10CertificateRequest;
  try {
    request = new x509.Pkcs10CertificateRequest(String(text));
  } catch {
    throw new UserError(
      "certRequestPem of a LocallySignedCert is no certificate request: pass its PEM text",
    );
  }
  if (!(await request.verify())) {
    throw new UserError(
      "certRequestPem of a LocallySignedCert is not signed by its own key: make it anew",
    );
  }
  return request;
}

function readCertificate(x509: typeof X509, text: unknown): X509.X509Certificate {
  try {
    return new x509.X509Certificate(String(text));
  } catch {
    throw new UserError("caCertPem of a LocallySignedCert is no certificate: pass its PEM text");
  }
}

async function checkPair(
  issuer: X509.X509Certificate,
  publicKey: webcrypto.CryptoKey,
): Promise<void> {
  if (!Buffer.from(issuer.publicKey.rawData).equals(Buffer.from(await spki(publicKey)))) {
    throw new UserError(
      "caPrivateKeyPem of a LocallySignedCert is not the key of its caCertPem: pass the pair",
    );
  }
}

const spki = (key: webcrypto.CryptoKey): Promise<ArrayBuffer> =>
  webcrypto.subtle.exportKey("spki", key);
