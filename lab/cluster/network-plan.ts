import { FABRIC, NODE_NETWORK, type LabCluster } from "../topology";

/** One interface as `ip -json address show` tells it, as far as the lab looks at it. */
export interface Interface {
  readonly ifname: string;
  readonly flags: readonly string[];
  /** Bridge that it is a port of. */
  readonly master?: string;
  readonly addr_info: readonly {
    readonly family: string;
    readonly local: string;
    readonly prefixlen: number;
  }[];
}

/** One route as `ip -json route show default` tells it. */
export interface DefaultRoute {
  readonly gateway?: string;
}

/** Fabric-side end of the host's veth pair. */
export const HOST_PORT = "ml-host";
/** Name of a node's interface inside its namespace. */
export const NODE_INTERFACE = "eth0";

/** `ip -batch` lines that make the fabric's bridge right; none when it is. */
export function bridgeCommands(interfaces: readonly Interface[]): string[] {
  const bridge = interfaces.find(({ ifname }) => ifname === FABRIC.bridge);
  return [
    ...(isUp(interfaces, "lo") ? [] : ["link set lo up"]),
    ...(bridge === undefined ? [`link add ${FABRIC.bridge} type bridge`] : []),
    ...(hasAddress(bridge, FABRIC.address)
      ? []
      : [`address add ${FABRIC.address}/${NODE_NETWORK.prefix} dev ${FABRIC.bridge}`]),
    ...(isUp(interfaces, FABRIC.bridge) ? [] : [`link set ${FABRIC.bridge} up`]),
  ];
}

/** Whether an interface of the fabric is a working port of its bridge. */
export const isPort = (interfaces: readonly Interface[], name: string): boolean =>
  isUp(interfaces, name) &&
  interfaces.some(({ ifname, master }) => ifname === name && master === FABRIC.bridge);

/** Whether the end of a veth pair outside the fabric is up and has exactly the address it should have. */
export function isConnected(
  interfaces: readonly Interface[],
  name: string,
  address: string,
): boolean {
  const found = interfaces.find(({ ifname }) => ifname === name);
  const ipv4 = found?.addr_info.filter(({ family }) => family === "inet") ?? [];
  return isUp(interfaces, name) && ipv4.length === 1 && hasAddress(found, address);
}

export const routesThroughFabric = (routes: readonly DefaultRoute[]): boolean =>
  routes.length === 1 && routes[0]?.gateway === FABRIC.address;

function isUp(interfaces: readonly Interface[], name: string): boolean {
  return interfaces.some(({ ifname, flags }) => ifname === name && flags.includes("UP"));
}

function hasAddress(found: Interface | undefined, address: string): boolean {
  return (
    found?.addr_info.some(
      ({ local, prefixlen }) => local === address && prefixlen === NODE_NETWORK.prefix,
    ) ?? false
  );
}

/**
 * The fabric's filter table for `iptables-restore`.
 *
 * Only what the load balancer translated passes, and its answers. The clusters' pod ranges have no route to each
 * other, and nothing gets from a pod to the host's other networks.
 */
export const FABRIC_FILTER = `*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -m conntrack --ctstate DNAT -j ACCEPT
COMMIT
`;

/** What leaves the node comes from the node's address: nobody outside knows a way back to a pod's. */
export const podMasquerade = ({ podCidr }: LabCluster): string[] => [
  "POSTROUTING",
  ...["--source", podCidr, "--out-interface", NODE_INTERFACE],
  ...["-m", "comment", "--comment", "mesh-lab: pods leave with the node's address"],
  ...["--jump", "MASQUERADE"],
];

/** Kernel settings of a namespace: path below /proc/sys ⇒ value. */
export type Sysctls = Readonly<Record<string, string>>;

const IPV4_ONLY = {
  "net/ipv6/conf/all/disable_ipv6": "1",
  "net/ipv6/conf/default/disable_ipv6": "1",
} as const;

export const FABRIC_SYSCTLS: Sysctls = {
  ...IPV4_ONLY,
  "net/ipv4/ip_forward": "1",
  // Load-balanced packets leave by the bridge they came from; a redirect would send the next ones past the DNAT.
  "net/ipv4/conf/all/send_redirects": "0",
  "net/ipv4/conf/default/send_redirects": "0",
  // Frames between nodes are not forwarded packets: the filter table's DROP is not for them.
  "net/bridge/bridge-nf-call-iptables": "0",
};

export const NODE_SYSCTLS: Sysctls = { ...IPV4_ONLY, "net/ipv4/ip_forward": "1" };

/** A shell script that writes `settings`, leaving out those that this kernel doesn't have. */
export const sysctlScript = (settings: Sysctls): string =>
  Object.entries(settings)
    .map(([path, value]) => `[ ! -e /proc/sys/${path} ] || echo ${value} > /proc/sys/${path}`)
    .join("\n");
