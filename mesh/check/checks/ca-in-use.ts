import { certificatesOf, endOf, readable, shortFingerprint, signerOf } from "../certificates";
import { clusterCheck, ok, type Verdict } from "../check";
import type { Facts } from "../facts";

export const caInUse = clusterCheck({
  name: "ca-in-use",
  column: "trust",
  severity: "error",
  what: "Whether istiod's own certificate, which it signs itself, comes from the CA in the Secret cacerts",
  why: "istiod signs the workloads' certificates with the CA that its own comes from.",
  fix: "kubectl -n istio-system rollout restart deployment/istiod",
  link: "https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/",
  follows: ["root-ca", "root-distributed", "intermediate-ca", "ca-expiry"],
  needs: ["cacerts", "servingChain"],
  judge: ({ cacerts, servingChain }) => judgeCaInUse(cacerts, servingChain),
});

export function judgeCaInUse(
  cacerts: Facts["cacerts"],
  servingChain: readonly string[],
): Verdict[] {
  const pem = cacerts?.["ca-cert.pem"];
  const bundle = cacerts?.["root-cert.pem"];
  if (!readable(pem) || !readable(bundle)) {
    return [];
  }
  const [ca] = certificatesOf(pem);
  const [leaf, ...issuers] = servingChain.flatMap(certificatesOf);
  if (ca === undefined || leaf === undefined) {
    return [];
  }
  if (leaf.verify(ca.publicKey)) {
    return [ok(`istiod signs with it, until ${endOf(ca).toISOString().slice(0, 10)}.`)];
  }
  const used = issuers.find((issuer) => leaf.verify(issuer.publicKey));
  const isTrusted = signerOf([leaf, ...issuers], certificatesOf(bundle)) !== undefined;
  const name = used === undefined ? "another CA" : `CA ${shortFingerprint(used.fingerprint256)}`;
  return [
    isTrusted
      ? {
          severity: "warning",
          what: `istiod still signs with ${name}, cacerts has ${shortFingerprint(ca.fingerprint256)}.`,
          why: "A new CA under the same root reaches istiod within two minutes, when the kubelet has brought it the Secret's files.",
          fix: "Wait for it; after that, kubectl -n istio-system rollout restart deployment/istiod.",
        }
      : {
          severity: "error",
          what: `istiod signs with ${name}, which doesn't come from cacerts' root.`,
        },
  ];
}
