import { enumerate } from "../../preflight/text";
import { fingerprints, readable, shortFingerprint } from "../certificates";
import { clusterCheck, ok, type Verdict } from "../check";
import type { Facts, RootConfigMap } from "../facts";

export const rootDistributed = clusterCheck({
  name: "root-distributed",
  column: "trust",
  severity: "error",
  what: "Whether the ConfigMap istio-ca-root-cert of every namespace holds the roots of the Secret cacerts",
  why: "Proxies accept istiod by it. Another root there means that istiod started with another CA, and signs with that.",
  fix: "kubectl -n istio-system rollout restart deployment/istiod, then restart the workloads.",
  link: "https://istio.io/latest/docs/ops/common-problems/security-issues/",
  follows: ["root-ca", "intermediate-ca"],
  needs: ["cacerts", "rootConfigMaps"],
  judge: ({ cacerts, rootConfigMaps }) => judgeDistribution(cacerts, rootConfigMaps),
});

export function judgeDistribution(
  cacerts: Facts["cacerts"],
  configMaps: readonly RootConfigMap[],
): Verdict[] {
  const bundle = cacerts?.["root-cert.pem"];
  if (!readable(bundle)) {
    return [];
  }
  const expected = fingerprints(bundle);
  const wrong = configMaps.filter(({ pem }) => !isSame(pem, expected));
  return wrong.length > 0
    ? [
        {
          severity: "error",
          what: `istio-ca-root-cert in ${enumerate(wrong.map(({ namespace }) => namespace))} holds ${describe(wrong[0]?.pem ?? "")}, cacerts ${expected.map(shortFingerprint).join(" and ")}.`,
        },
      ]
    : configMaps.length > 0
      ? [ok(`${configMaps.length} namespaces have the root.`)]
      : [
          {
            severity: "error",
            what: "No namespace has the ConfigMap istio-ca-root-cert.",
            why: "Without it no proxy starts: istiod writes it once it leads.",
          },
        ];
}

const isSame = (pem: string, expected: readonly string[]): boolean =>
  readable(pem) && [...fingerprints(pem)].sort().join() === [...expected].sort().join();

const describe = (pem: string): string =>
  readable(pem)
    ? `root ${fingerprints(pem).map(shortFingerprint).join(" and ")}`
    : "no certificate";
