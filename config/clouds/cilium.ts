import type { CiliumProfile } from "./profile";

/**
 * Cilium as its own Helm chart installs it, and what Istio needs set.
 *
 * Source: docs.cilium.io, "Integration with Istio" (network/servicemesh/istio).
 */
export const STANDARD_CILIUM: CiliumProfile = {
  namespace: "kube-system",
  configMap: "cilium-config",
  daemonSet: "cilium",
  settings: [
    {
      key: "bpf-lb-sock-hostns-only",
      value: "true",
      reason:
        "socket load balancing inside pods swaps a service's address for a pod's before the sidecar sees it",
    },
    {
      key: "cni-exclusive",
      value: "false",
      reason: "Cilium removes other plug-ins' configuration from the nodes, istio-cni's too",
    },
    {
      key: "enable-l7-proxy",
      value: "false",
      reason:
        "Cilium's own HTTP proxy can't read mTLS and answers 503; its L7 and DNS (toFQDNs) policies end with it",
    },
  ],
};
