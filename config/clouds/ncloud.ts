import { STANDARD_CILIUM } from "./cilium";
import type { CloudProfile } from "./profile";

const ANNOTATION = "service.beta.kubernetes.io/ncloud-load-balancer";

/** NAVER Cloud. The type of a load balancer can't be changed once it exists. */
export const ncloud = {
  title: "NAVER Cloud, Ncloud Kubernetes Service",
  addressKind: "hostname",
  loadBalancer: {
    ingress: { [`${ANNOTATION}-layer-type`]: "nplb" },
    eastWest: { [`${ANNOTATION}-layer-type`]: "nplb", [`${ANNOTATION}-idle-timeout`]: "3600" },
    reason:
      "Both kinds are layer 4, as AUTO_PASSTHROUGH needs. The proxy (nplb) is taken: nodes then admit the load balancer's subnet alone, where nlb answers directly (DSR) and every client's address would have to reach the node ports; and only the proxy's idle timeout can be set (1 to 3600 s, 60 by default), which otherwise closes the mesh's pooled connections once a minute. What nlb would give, the client's address, mTLS gives better. Health checks are TCP on the node ports and can't be set by annotation.",
  },
  footprint: "standard",
  storageClass: {
    name: "nks-block-storage",
    provisioner: "blk.csi.ncloud.com",
    volumeBindingMode: "WaitForFirstConsumer",
    provided: true,
  },
  metricsServer: "existing",
  cni: {
    name: "Cilium",
    cilium: STANDARD_CILIUM,
    notes: [
      "An upgrade of the cluster may write cilium-config anew: `pulumi refresh` shows it, the next `up` mends it.",
    ],
  },
  firewall: [
    {
      id: "ncloud-load-balancer-subnet",
      direction: "inside",
      ports: [[30000, 32767]],
      from: "the load balancer subnet (usage type LOADB)",
      to: "the nodes' ACG",
      reason: "nplb connects from its own subnet, which the nodes' ACG has to admit",
    },
    {
      id: "ncloud-api-acl",
      direction: "in",
      ports: [443],
      from: "the peers' NAT addresses and the operators'",
      to: "the cluster's endpoint ACL (ip_acl)",
      reason: "with a default action of deny, a peer's istiod times out on this API server",
    },
  ],
  notes: [
    "Load balancers made by Services are in nobody's Terraform state: destroy the cluster's stack before the cluster, or they stay and cost.",
    "A private subnet and size for one gateway: mesh:istioValues.eastWestGateway.service.annotations with …-internal, …-subnet-id and …-size.",
    "The console's kubeconfig calls ncp-iam-authenticator, which istiod refuses; the program makes its own reader token on each peer.",
    "Its cluster names hold underscores, which no mesh takes: mesh:clusters gives your own.",
  ],
  sources: [
    "https://guide.ncloud-docs.com/docs/k8s-k8suse-loadbalancer",
    "https://api.ncloud-docs.com/docs/en/networking-vloadbalancer-loadbalancer-changeloadbalancerinstanceconfiguration",
    "https://guide.ncloud-docs.com/docs/k8s-k8suse-bscsi",
    "https://docs.cilium.io/en/stable/network/servicemesh/istio/",
  ],
} as const satisfies CloudProfile;
