import type { CloudProfile } from "./profile";

/** One machine: enough to try the mesh, with `minikube tunnel` or MetalLB for the addresses. */
export const minikube = {
  title: "minikube",
  addressKind: "ip",
  loadBalancer: {
    ingress: {},
    eastWest: {},
    reason: "Its load balancers read no annotations: `minikube tunnel` or the metallb add-on.",
  },
  footprint: "small",
  storageClass: {
    name: "standard",
    provisioner: "k8s.io/minikube-hostpath",
    volumeBindingMode: "Immediate",
    provided: true,
  },
  metricsServer: "none",
  cni: {
    name: "whatever `minikube start --cni` names",
    istioCni: {
      platform: "minikube",
      reason: "with the docker driver, network namespaces lie in /var/run/docker/netns",
    },
    notes: [],
  },
  firewall: [],
  notes: [
    "A Service stays without address until `minikube tunnel` runs for the profile, or the metallb add-on has addresses.",
    "Two profiles reach each other's API servers by their container addresses: mesh:clusters[].apiServer.",
    "Its metrics-server add-on is off by default; with it, set mesh:metricsServer to existing to let gateways scale.",
  ],
  sources: [
    "https://minikube.sigs.k8s.io/docs/handbook/accessing/#loadbalancer-access",
    "https://minikube.sigs.k8s.io/docs/handbook/persistent_volumes/",
  ],
} as const satisfies CloudProfile;
