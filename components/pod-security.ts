/** Label with the Pod Security Standard that a namespace enforces. */
export const ENFORCED_POD_SECURITY = "pod-security.kubernetes.io/enforce";

/**
 * Labels of a namespace whose pods have a proxy. With istio-cni they keep the Pod Security Standard
 * `restricted`, and the namespace takes no others; without it each has an init container with
 * NET_ADMIN, so the standard is recorded and refuses nothing.
 *
 * @param istioCni whether istio-cni leads the pods' traffic to their proxies
 */
export const meshedNamespaceLabels = (istioCni: boolean): Readonly<Record<string, string>> => ({
  "istio-injection": "enabled",
  ...(istioCni && { [ENFORCED_POD_SECURITY]: "restricted" }),
  "pod-security.kubernetes.io/warn": "restricted",
  "pod-security.kubernetes.io/audit": "restricted",
});
