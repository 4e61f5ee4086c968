import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { z } from "zod";
import { CACERTS_SECRET, SYSTEM_NAMESPACE } from "../../components/istio/constants";
import { splitPem } from "../../config/cacerts";
import { isKind, nameOf, namespaceOf } from "../kubernetes/object";
import { resourcePolicy, titleOf, violation, type Subject } from "../policy";
import { read } from "../read";

export const caKeys = resourcePolicy(
  {
    name: "ca-keys-in-cacerts-only",
    refuses: `Keys of certificate authorities in Secrets other than ${CACERTS_SECRET}, and a root's key in any`,
    why: "With a root's key whoever reads one Secret of one cluster can be anybody in all of them, and no rotation helps",
    source: "https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/",
    level: "mandatory",
    severity: "critical",
  },
  (subject) => {
    const files = isKind(subject.type, "core", "Secret") ? filesOf(subject) : [];
    const certificates = files.flatMap(({ text }) => splitPem(text)).flatMap(certificate);
    return files.flatMap(({ name, text }) => {
      const key = privateKey(text);
      const own = key && certificates.find((one) => one.ca && one.checkPrivateKey(key));
      if (own !== undefined && isSelfSigned(own)) {
        return [
          violation(
            `${name} of ${titleOf(subject)}`,
            `is the key of the root ${commonName(own)}`,
            "keep it in the trust stack and give this cluster an intermediate",
          ),
        ];
      }
      return key && !isCacerts(subject) && (own !== undefined || CA_KEY.test(name))
        ? [
            violation(
              `${name} of ${titleOf(subject)}`,
              `is the key of a certificate authority${own ? `, ${commonName(own)}` : ""}`,
              `put it into ${SYSTEM_NAMESPACE}/${CACERTS_SECRET}, from where istiod alone takes it`,
            ),
          ]
        : [];
    });
  },
);

/** Names of files by which people call a CA's key, for a Secret without its certificate. */
const CA_KEY = /^(root|ca)[-_.]?(ca[-_.]?)?key/i;

interface File {
  readonly name: string;
  readonly text: string;
}

const entries = z.record(z.string(), z.string()).nullish();
const secret = z.object({ data: entries, stringData: entries });

function filesOf({ inputs }: Subject): File[] {
  const { data, stringData } = read(secret, inputs) ?? {};
  return [
    ...Object.entries(data ?? {}).map(([name, base64]) => ({
      name,
      text: Buffer.from(base64, "base64").toString("utf8"),
    })),
    ...Object.entries(stringData ?? {}).map(([name, text]) => ({ name, text })),
  ];
}

const isCacerts = ({ inputs }: Subject): boolean =>
  nameOf(inputs) === CACERTS_SECRET &&
  (namespaceOf(inputs) ?? SYSTEM_NAMESPACE) === SYSTEM_NAMESPACE;

function certificate(pem: string): X509Certificate[] {
  try {
    return [new X509Certificate(pem)];
  } catch {
    return [];
  }
}

/** Undefined for what is no key, or one that only its owner can open. */
function privateKey(text: string): KeyObject | undefined {
  try {
    return text.includes("PRIVATE KEY-----") ? createPrivateKey(text) : undefined;
  } catch {
    return undefined;
  }
}

const isSelfSigned = (one: X509Certificate): boolean =>
  one.subject === one.issuer && one.verify(one.publicKey);

const commonName = ({ subject }: X509Certificate): string =>
  /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll("\n", ", ");
