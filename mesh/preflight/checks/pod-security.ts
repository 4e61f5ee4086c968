import { ECHO } from "../../../components/echo/constants";
import { clusterCheck, ok, type Verdict } from "../check";
import type { Item } from "../cluster-api";
import { NAMESPACES } from "../objects";
import { enumerate } from "../text";

const ENFORCE = "pod-security.kubernetes.io/enforce";

export const podSecurity = clusterCheck({
  name: "pod-security",
  severity: "warning",
  what: "Whether namespaces whose pods get a sidecar enforce a Pod Security Standard that the sidecar can't keep",
  why: "The sidecar's init container needs NET_ADMIN and NET_RAW, which baseline and restricted refuse: pods are never created.",
  fix: "Lower the namespace's level to privileged, or install istio-cni, which does without.",
  link: "https://istio.io/latest/docs/setup/additional-setup/cni/",
  gather: async ({ api }) => {
    const [namespaces, daemonSets] = await Promise.all([
      api.list<Item>(NAMESPACES),
      api.metadata("/apis/apps/v1/daemonsets"),
    ]);
    return {
      namespaces: namespaces
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map(({ metadata }) => ({ name: metadata.name, labels: metadata.labels ?? {} })),
      hasCni: daemonSets.some(({ metadata }) => metadata.name === "istio-cni-node"),
    };
  },
  judge: judgePodSecurity,
});

export interface PodSecurityFacts {
  readonly namespaces: readonly {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
  }[];
  readonly hasCni: boolean;
}

export function judgePodSecurity({ namespaces, hasCni }: PodSecurityFacts): Verdict[] {
  const strict = namespaces.filter(
    ({ name, labels }) =>
      ["baseline", "restricted"].includes(labels[ENFORCE] ?? "") && isInjected(name, labels),
  );
  return strict.length > 0 && !hasCni
    ? [
        {
          severity: "warning",
          what: `${enumerate(strict.map(({ name, labels }) => `${name} (${labels[ENFORCE]})`))} will refuse pods with a sidecar.`,
        },
      ]
    : [ok("No namespace with sidecars enforces a Pod Security Standard against them.")];
}

const isInjected = (name: string, labels: Readonly<Record<string, string>>): boolean =>
  name === ECHO.namespace ||
  labels["istio-injection"] === "enabled" ||
  (labels["istio.io/rev"] !== undefined && labels["istio-injection"] !== "disabled");
