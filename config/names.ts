/**
 * A DNS-1123 label: what Kubernetes takes as the name of most things, and istiod as a cluster ID
 * (RFC 1123; istioctl/pkg/multicluster/remote_secret.go refuses anything else).
 */
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Room left below the 63 characters of a label for the longest affix that we put on a cluster's name. */
export const MAX_CLUSTER_NAME = 63 - "istio-remote-secret-".length;

export const isDnsLabel = (text: string): boolean => DNS_LABEL.test(text);

/** The nearest legal name to what somebody wrote: `nks_kr_portal_1` ⇒ `nks-kr-portal-1`. */
export function suggestLabel(text: string): string {
  const label = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_CLUSTER_NAME)
    .replace(/^-+|-+$/g, "");
  return label || "cluster1";
}
