import { CacertsError, checkCacerts } from "../../../config/cacerts";
import { clusterCheck, ok, type Verdict } from "../check";
import type { Facts } from "../facts";

export const intermediateCa = clusterCheck({
  name: "intermediate-ca",
  column: "trust",
  severity: "error",
  what: "Whether the CA in the Secret cacerts is one, has its own key, and its chain leads to the root beside it",
  why: "istiod refuses to start with such files, or signs certificates that nobody accepts.",
  fix: "npm run mesh -- up --refresh puts the configured CA back.",
  link: "https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/",
  needs: ["cacerts"],
  judge: ({ cacerts }) => judgeIntermediate(cacerts),
});

/** The files of the Secret as istiod calls them (security/pkg/pki/ca/ca.go). */
const FILES = {
  caCert: "ca-cert.pem",
  caKey: "ca-key.pem",
  rootCert: "root-cert.pem",
  certChain: "cert-chain.pem",
} as const;

export function judgeIntermediate(cacerts: Facts["cacerts"]): Verdict[] {
  if (cacerts === undefined) {
    return [];
  }
  const missing = Object.values(FILES).filter((file) => !cacerts[file]);
  if (missing.length > 0) {
    return [{ severity: "error", what: `The Secret cacerts has no ${missing.join(", no ")}.` }];
  }
  try {
    checkCacerts({
      caCert: cacerts[FILES.caCert] ?? "",
      caKey: cacerts[FILES.caKey] ?? "",
      rootCert: cacerts[FILES.rootCert] ?? "",
      certChain: cacerts[FILES.certChain] ?? "",
    });
  } catch (error) {
    if (error instanceof CacertsError) {
      return [
        { severity: "error", what: `${FILES[error.file]} in the Secret cacerts ${error.what}.` },
      ];
    }
    throw error;
  }
  return [ok("The intermediate has its key, and its chain leads to the root.")];
}
