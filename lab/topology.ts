import { cloudProfile } from "../config/clouds";

/** The address range of the lab's node network: RFC 2544 benchmark space, which no LAN routes. */
export const NODE_NETWORK = { cidr: "198.18.0.0/16", prefix: 16 } as const;

/** The fabric is the namespace that stands for "everything between the clouds". */
export const FABRIC = {
  netns: "mesh-lab-fabric",
  bridge: "fabric0",
  /** Default gateway of every node. It forwards load-balanced traffic only, never between pods. */
  address: "198.18.0.1",
  /** The one interface in the host's own namespace, and its address. */
  hostInterface: "mesh-lab0",
  hostAddress: "198.18.0.2",
} as const;

/** Domain of the load balancers' host names; CoreDNS answers it from the name itself. */
export const LOAD_BALANCER_DOMAIN = "lb.mesh-lab.test";

/** Domain of the public hosts: the one that the lab's owner has bought, so to say. */
export const PUBLIC_DOMAIN = "mesh-lab.test";

/** Namespace whose Services of type ExternalName are the records of {@link PUBLIC_DOMAIN}. */
export const PUBLIC_DNS_NAMESPACE = "public-dns";

/** The ACME server of every cluster, as a Service. */
export const ACME = {
  namespace: "acme",
  name: "pebble",
  port: 14000,
  /** Where it gives out the root that it signs with. */
  managementPort: 15000,
} as const;

const ACME_HOST = `${ACME.name}.${ACME.namespace}.svc`;

/** DNS names of the ACME server, for its certificate. */
export const ACME_HOSTS = [ACME_HOST, `${ACME_HOST}.cluster.local`] as const;
export const ACME_DIRECTORY = `https://${ACME_HOST}:${ACME.port}/dir`;

/** The names the lab gives its first clusters; further ones are called cloud3, cloud4, … */
const FIRST_CLUSTERS = ["ncloud", "nhn"] as const;
/** Bounded by the one octet that keeps the clusters' ranges apart. */
export const MAX_CLUSTERS = 40;

/** Everything that is fixed about one cluster of the lab before anything exists. */
export interface LabCluster {
  readonly name: string;
  /** Position in the mesh, from 0. */
  readonly index: number;
  /** Network namespace that holds the cluster's one node. */
  readonly netns: string;
  /** Host-side end of the node's veth pair (in the fabric); interface names have at most 15 characters. */
  readonly veth: string;
  readonly nodeName: string;
  readonly nodeIp: string;
  /** `https://<nodeIp>:6443` */
  readonly apiServer: string;
  readonly podCidr: string;
  readonly serviceCidr: string;
  /** First address of the service range: `kubernetes.default`. */
  readonly kubernetesServiceIp: string;
  readonly dnsIp: string;
  /** First three octets of the /24 from which load balancers get their addresses. */
  readonly loadBalancerPrefix: string;
  /** What the load balancer publishes, as the real clouds do: NAVER a host name, NHN an address. */
  readonly addressKind: "hostname" | "ip";
}

/**
 * The clusters of a lab of `count` clouds, in mesh order.
 *
 * @throws RangeError when `count` is not a whole number from 1 to {@link MAX_CLUSTERS}
 */
export function labClusters(count: number): LabCluster[] {
  if (!Number.isInteger(count) || count < 1 || count > MAX_CLUSTERS) {
    throw new RangeError(
      `--clusters must be a whole number from 1 to ${MAX_CLUSTERS}, got ${count}`,
    );
  }
  return Array.from({ length: count }, (_, index) => labCluster(index));
}

function labCluster(index: number): LabCluster {
  const name = FIRST_CLUSTERS[index] ?? `cloud${index + 1}`;
  const nodeIp = `198.18.0.${11 + index}`;
  return {
    name,
    index,
    netns: `mesh-lab-${name}`,
    veth: `ml-${index}`,
    nodeName: `${name}-node-1`,
    nodeIp,
    apiServer: `https://${nodeIp}:6443`,
    podCidr: `10.${110 + index}.0.0/16`,
    serviceCidr: `10.${160 + index}.0.0/16`,
    kubernetesServiceIp: `10.${160 + index}.0.1`,
    dnsIp: `10.${160 + index}.0.10`,
    loadBalancerPrefix: `198.18.${101 + index}`,
    addressKind:
      cloudProfile(FIRST_CLUSTERS[index] ?? "generic").addressKind === "hostname"
        ? "hostname"
        : "ip",
  };
}

/** `198.18.101.10` ⇒ `198-18-101-10.ncloud.lb.mesh-lab.test`, which CoreDNS turns back. */
export function loadBalancerHostname(cluster: string, address: string): string {
  return `${address.replaceAll(".", "-")}.${cluster}.${LOAD_BALANCER_DOMAIN}`;
}
