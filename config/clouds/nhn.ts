import type { CloudProfile } from "./profile";

const ANNOTATION = "loadbalancer.nhncloud";

/** 5 s × 2 tries: a dead node is left after about 10 s; the defaults (60 s × 3) take three minutes. */
const HEALTH_CHECK = {
  [`${ANNOTATION}/healthmonitor-type`]: "TCP",
  [`${ANNOTATION}/healthmonitor-delay`]: "5",
  [`${ANNOTATION}/healthmonitor-timeout`]: "3",
  [`${ANNOTATION}/healthmonitor-max-retries`]: "2",
};

/** NHN Cloud. Its load balancers listen by TCP unless told otherwise. */
export const nhn = {
  title: "NHN Cloud, NHN Kubernetes Service",
  addressKind: "ip",
  loadBalancer: {
    ingress: HEALTH_CHECK,
    eastWest: { ...HEALTH_CHECK, [`${ANNOTATION}/keepalive-timeout`]: "3600" },
    reason:
      "TCP listeners, since the gateways terminate TLS themselves or pass it on. TCP checks too: an HTTP check of 15443 could never pass its mTLS. Checks 5 s apart leave a dead node after 10 s, not after three minutes. A timeout of 3600 s, the longest there is, keeps the mesh's pooled connections (300 s by default).",
  },
  footprint: "standard",
  storageClass: {
    name: "csi-storageclass",
    provisioner: "cinder.csi.openstack.org",
    volumeBindingMode: "WaitForFirstConsumer",
    provided: false,
  },
  metricsServer: "existing",
  cni: {
    name: "Calico",
    notes: [
      "With Calico's standard (iptables) data plane nothing has to be set.",
      "With its eBPF data plane, connect-time load balancing swaps a service's address for a pod's before the sidecar sees it: set bpfConnectTimeLoadBalancing to Disabled and bpfHostNetworkedNATWithoutCTLB to Enabled in FelixConfiguration default.",
    ],
  },
  firewall: [
    {
      id: "nhn-node-security-group",
      direction: "inside",
      ports: [[30000, 32767]],
      from: "the load balancers' subnet",
      to: "the nodes' security group",
      reason:
        "clusters made with strict security group rules admit node ports only where you add them",
    },
  ],
  notes: [
    "The cluster's API server needs a public endpoint, or a route from the peers.",
    'A load balancer without floating IP for one gateway: mesh:istioValues.eastWestGateway.service.annotations with service.beta.kubernetes.io/openstack-internal-load-balancer: "true".',
    'To keep the address when a gateway is made anew: loadbalancer.openstack.org/keep-floatingip: "true" and service.loadBalancerIP.',
  ],
  sources: [
    "https://docs.nhncloud.com/en/Container/NKS/en/user-guide/",
    "https://docs.tigera.io/calico/latest/reference/resources/felixconfig",
  ],
} as const satisfies CloudProfile;
