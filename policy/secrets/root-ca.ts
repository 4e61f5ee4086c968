import { z } from "zod";
import { objectType } from "../kubernetes/object";
import { stackPolicy, titleOf, violation, type Subject } from "../policy";
import { read } from "../read";

export const rootCa = stackPolicy(
  {
    name: "root-ca-in-trust-stack",
    refuses: "Certificate authorities made in a stack that deploys to a cluster",
    why: "Its state then holds the root's key, and who deploys a cluster may sign for all",
    source: "https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/",
    level: "mandatory",
    severity: "critical",
  },
  (subjects) =>
    subjects.some(({ type }) => objectType(type) !== undefined)
      ? subjects.filter(holdsCaKey).map((subject) => ({
          urn: subject.urn,
          sentence: violation(
            titleOf(subject),
            "needs the key of a certificate authority in a stack that deploys to a cluster",
            "make it in the trust stack, which no cluster belongs to",
          ),
        }))
      : [],
);

const authority = z.object({ isCaCertificate: z.literal(true) });

/** A root, or whatever is signed with a CA's key. */
const holdsCaKey = ({ type, inputs }: Subject): boolean =>
  type === "tls:index/locallySignedCert:LocallySignedCert" ||
  (type === "tls:index/selfSignedCert:SelfSignedCert" && read(authority, inputs) !== undefined);
