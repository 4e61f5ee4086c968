import type { CloudProfile } from "./profile";

const BACKEND_SERVICE = { "cloud.google.com/l4-rbs": "enabled" };

/** Google Kubernetes Engine. The annotation counts only while a Service is being created. */
export const gke = {
  title: "Google Cloud, Google Kubernetes Engine",
  addressKind: "ip",
  loadBalancer: {
    ingress: BACKEND_SERVICE,
    eastWest: BACKEND_SERVICE,
    reason:
      "A passthrough load balancer on a regional backend service: it checks the nodes' kube-proxy instead of the gateway's ports, drains connections, and GKE writes its firewall rules. Without the annotation older versions build one on a target pool. It ends no connection, so there is no idle timeout to set; the mesh's TCP keepalive holds the connection tracking.",
  },
  footprint: "standard",
  storageClass: {
    name: "standard-rwo",
    provisioner: "pd.csi.storage.gke.io",
    volumeBindingMode: "WaitForFirstConsumer",
    provided: true,
  },
  metricsServer: "existing",
  cni: {
    name: "GKE Dataplane V2 (Cilium, run by Google) or kubenet",
    istioCni: {
      platform: "gke",
      reason:
        "plug-ins lie in /home/kubernetes/bin, and critical pods need a ResourceQuota outside kube-system",
    },
    notes: [
      "Dataplane V2's configuration is Google's and already leaves sidecars alone: there is no cilium-config to set.",
    ],
  },
  firewall: [
    {
      id: "gke-webhooks",
      direction: "inside",
      ports: [15017],
      from: "the control plane's address range",
      to: "the nodes",
      reason:
        "private clusters admit the control plane on 443 and 10250 alone: add 15017, or no sidecar is injected",
    },
  ],
  notes: [
    "Clusters with the Gateway API switched on have its CRDs: set mesh:gatewayApi to existing.",
    "The control plane's authorized networks have to admit the peers' NAT addresses.",
    "An internal east-west gateway: mesh:istioValues.eastWestGateway.service.annotations with networking.gke.io/load-balancer-type: Internal.",
  ],
  sources: [
    "https://cloud.google.com/kubernetes-engine/docs/how-to/external-svc-lb-rbs",
    "https://cloud.google.com/kubernetes-engine/docs/concepts/persistent-volumes",
    "https://istio.io/latest/docs/setup/platform-setup/gke/",
  ],
} as const satisfies CloudProfile;
