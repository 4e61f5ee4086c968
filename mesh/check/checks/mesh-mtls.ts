import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { enumerate } from "../../preflight/text";
import { clusterCheck, ok, type Verdict } from "../check";
import type { MtlsPolicy } from "../facts";

export const meshMtls = clusterCheck({
  name: "mesh-mtls",
  column: "mTLS",
  severity: "error",
  what: "Whether the mesh-wide PeerAuthentication has the configured mode (STRICT by default), and which policies are weaker",
  why: "Without STRICT, workloads accept plain text, and callers without an identity.",
  fix: "npm run mesh -- up --refresh puts mesh:mtls back.",
  link: "https://istio.io/latest/docs/reference/config/security/peer_authentication/",
  needs: ["mtlsPolicies"],
  judge: ({ mtlsPolicies }, { config }) => judgeMtls(mtlsPolicies, config.mtls),
});

export function judgeMtls(
  policies: readonly MtlsPolicy[],
  expected: "STRICT" | "PERMISSIVE",
): Verdict[] {
  const meshWide = policies
    .filter(({ namespace, hasSelector }) => namespace === SYSTEM_NAMESPACE && !hasSelector)
    .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  // Of several mesh-wide policies Istio takes the oldest.
  const [policy] = meshWide;
  const mode = policy?.mode ?? "PERMISSIVE";
  const exceptions = policies.filter(
    (one) => !meshWide.includes(one) && ["PERMISSIVE", "DISABLE"].includes(one.mode ?? ""),
  );
  const weaker: Verdict[] =
    exceptions.length > 0 && expected === "STRICT"
      ? [
          {
            severity: "warning",
            what: `${enumerate(exceptions.map(({ namespace, name, mode: weak }) => `${namespace}/${name} (${weak})`))} ${exceptions.length === 1 ? "is" : "are"} weaker than STRICT.`,
            why: "What is DISABLEd can't be called from other networks; what is PERMISSIVE takes plain text.",
            fix: "Delete the exception once its callers have sidecars.",
          },
        ]
      : [];
  if (mode === expected || mode === "STRICT") {
    return [ok(`mTLS is ${mode}.`), ...weaker];
  }
  return [
    {
      severity: "error",
      what:
        policy === undefined
          ? `There is no mesh-wide PeerAuthentication: mTLS is ${mode} instead of ${expected}.`
          : `PeerAuthentication ${SYSTEM_NAMESPACE}/${policy.name} says ${mode} instead of ${expected}.`,
    },
    ...weaker,
  ];
}
