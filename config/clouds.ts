/** What a Kubernetes offering expects of the mesh's objects, as data: a new cloud is a new row. */
export interface CloudProfile {
  /** What the cloud's load balancers publish in `status.loadBalancer.ingress`. */
  readonly addressKind: "hostname" | "ip";
  /** Annotations of every gateway Service of type LoadBalancer. */
  readonly loadBalancerAnnotations: Readonly<Record<string, string>>;
  /** Requests and limits of the mesh's own workloads. */
  readonly footprint: Footprint;
}

/** How much the control plane and the gateways ask of the cluster's nodes. */
export type Footprint = "standard" | "small";

/**
 * Sources: NAVER guide.ncloud-docs.com/docs/k8s-k8suse-loadbalancer, NHN NKS user guide
 * ("LoadBalancer service", keys `loadbalancer.nhncloud/*`, all values strings).
 */
export const CLOUDS = {
  ncloud: {
    addressKind: "hostname",
    // An L4 load balancer: the mesh terminates TLS itself, an L7 one would break AUTO_PASSTHROUGH.
    loadBalancerAnnotations: {
      "service.beta.kubernetes.io/ncloud-load-balancer-layer-type": "nplb",
    },
    footprint: "standard",
  },
  nhn: {
    addressKind: "ip",
    // NHN's defaults (60 s, 30 s, 3 tries) keep sending to a dead node for three minutes.
    loadBalancerAnnotations: {
      "loadbalancer.nhncloud/healthmonitor-type": "TCP",
      "loadbalancer.nhncloud/healthmonitor-delay": "5",
      "loadbalancer.nhncloud/healthmonitor-timeout": "3",
      "loadbalancer.nhncloud/healthmonitor-max-retries": "2",
    },
    footprint: "standard",
  },
  generic: { addressKind: "ip", loadBalancerAnnotations: {}, footprint: "standard" },
  lab: { addressKind: "ip", loadBalancerAnnotations: {}, footprint: "small" },
} as const satisfies Record<string, CloudProfile>;

export type CloudName = keyof typeof CLOUDS;

export const CLOUD_NAMES = Object.keys(CLOUDS) as CloudName[];

export const cloudProfile = (name: CloudName): CloudProfile => CLOUDS[name];
