import type { Metadata } from "./cluster-api";

/** The Helm release that an object belongs to. */
export interface HelmRelease {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The release that Helm would say an object belongs to. Helm takes over no object for which this
 * isn't the release at hand (helm/pkg/action/validate.go, checkOwnership).
 */
export function helmRelease({ labels, annotations }: Metadata): HelmRelease | undefined {
  const name = annotations?.["meta.helm.sh/release-name"];
  const namespace = annotations?.["meta.helm.sh/release-namespace"];
  return labels?.["app.kubernetes.io/managed-by"] === "Helm" && name && namespace
    ? { name, namespace }
    : undefined;
}

/** Whether Pulumi has written an object; which of its stacks, the cluster doesn't know. */
export const isPulumis = ({ managedFields }: Metadata): boolean =>
  (managedFields ?? []).some(({ manager }) => manager?.startsWith("pulumi"));

/** Parts of Kubernetes and Istio that write to objects without owning them. */
const BYSTANDERS = /^(kube-|pilot-discovery$|.*-status$)/;

/** Who an object seems to belong to, for a sentence: `Helm release kube-system/istio`, `kubectl`. */
export function ownerOf(metadata: Metadata): string {
  const release = helmRelease(metadata);
  if (release !== undefined) {
    return `Helm release ${release.namespace}/${release.name}`;
  }
  const label = metadata.labels?.["app.kubernetes.io/managed-by"];
  const manager = metadata.managedFields
    ?.map((entry) => entry.manager)
    .find((name) => name !== undefined && !BYSTANDERS.test(name));
  // A chart's label alone is on whatever was rendered from it, whoever applied that.
  return (label === "Helm" ? manager : (label ?? manager)) ?? "somebody else";
}
