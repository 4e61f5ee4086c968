import type { CloudProfile } from "./profile";

/** Any other cluster whose Services of type LoadBalancer get an address: nothing is assumed. */
export const generic = {
  title: "any other Kubernetes",
  addressKind: "ip",
  loadBalancer: {
    ingress: {},
    eastWest: {},
    reason:
      "No annotation means the same everywhere; yours go into mesh:istioValues.ingressGateway and .eastWestGateway. Make the east-west one layer 4, with an idle timeout as long as it allows.",
  },
  footprint: "standard",
  metricsServer: "existing",
  cni: {
    name: "unknown",
    notes: [
      "With Cilium, set mesh:ciliumSettings to apply, or socketLB.hostNamespaceOnly=true and cni.exclusive=false in its Helm values.",
    ],
  },
  firewall: [],
  notes: ["kubeadm installs no metrics-server: set mesh:metricsServer to install."],
  sources: ["https://docs.cilium.io/en/stable/network/servicemesh/istio/"],
} as const satisfies CloudProfile;
