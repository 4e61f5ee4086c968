import { ECHO } from "../../../components/echo/constants";
import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { ENFORCED_POD_SECURITY } from "../../../components/pod-security";
import type { ClusterConfig } from "../../../config/model";
import { clusterCheck, ok, type Verdict } from "../check";
import type { Item } from "../cluster-api";
import { NAMESPACES } from "../objects";
import { enumerate } from "../text";

export const podSecurity = clusterCheck({
  name: "pod-security",
  severity: "warning",
  what: "Whether namespaces whose pods get a sidecar enforce a Pod Security Standard that the sidecar can't keep",
  why: "The sidecar's init container needs NET_ADMIN and NET_RAW, which baseline and restricted refuse: pods are never created.",
  fix: "Set mesh:istioCni to install, or lower the namespace's level to privileged.",
  link: "https://istio.io/latest/docs/setup/additional-setup/cni/",
  gather: async ({ api }) =>
    (await api.list<Item>(NAMESPACES))
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ metadata }) => ({ name: metadata.name, labels: metadata.labels ?? {} })),
  judge: (namespaces, { config }) => judgePodSecurity(namespaces, config),
});

export interface LabelledNamespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export function judgePodSecurity(
  namespaces: readonly LabelledNamespace[],
  { istioCni }: Pick<ClusterConfig, "istioCni">,
): Verdict[] {
  const strict = namespaces.filter(({ labels }) =>
    ["baseline", "restricted"].includes(labels[ENFORCED_POD_SECURITY] ?? ""),
  );
  const level = ({ name, labels }: LabelledNamespace): string =>
    `${name} (${labels[ENFORCED_POD_SECURITY]})`;
  const refusing = strict.filter(({ name, labels }) => isInjected(name, labels));
  if (istioCni === "none" && refusing.length > 0) {
    return [
      {
        severity: "warning",
        what: `${enumerate(refusing.map(level))} will refuse pods with a sidecar.`,
      },
    ];
  }
  const system = strict.find(({ name }) => name === SYSTEM_NAMESPACE);
  return istioCni === "install" && system !== undefined
    ? [
        {
          severity: "warning",
          what: `${level(system)} will refuse istio-cni's own pods.`,
          why: "They write to their node's folders and enter other pods' networks, which no standard but privileged allows.",
          fix: `kubectl label namespace ${SYSTEM_NAMESPACE} ${ENFORCED_POD_SECURITY}=privileged --overwrite`,
        },
      ]
    : [ok("No namespace enforces a Pod Security Standard against the mesh's pods.")];
}

const isInjected = (name: string, labels: Readonly<Record<string, string>>): boolean =>
  name === ECHO.namespace ||
  labels["istio-injection"] === "enabled" ||
  (labels["istio.io/rev"] !== undefined && labels["istio-injection"] !== "disabled");
