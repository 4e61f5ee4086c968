import type { V1LoadBalancerIngress, V1Service } from "@kubernetes/client-node";
import { FABRIC, loadBalancerHostname, type LabCluster } from "../topology";

/** A Service of type LoadBalancer, as far as the load balancer looks at it. */
export interface BalancedService {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly ports: readonly BalancedPort[];
  /** What its status says now, as an address; absent when it says nothing of this load balancer's. */
  readonly published?: string;
}

export interface BalancedPort {
  readonly protocol: "TCP" | "UDP";
  readonly port: number;
  readonly nodePort: number;
}

/** Last octets that a load balancer can get; the rest of the /24 is left to what is set up by hand. */
const POOL = { first: 10, last: 250 } as const;

/** The Services that are this load balancer's: those that name a class are somebody else's. */
export function balancedServices(
  cluster: LabCluster,
  services: readonly V1Service[],
): BalancedService[] {
  return services
    .filter(({ spec }) => spec?.type === "LoadBalancer" && spec.loadBalancerClass === undefined)
    .map((service) => {
      const published = publishedAddress(cluster, service);
      return {
        uid: service.metadata?.uid ?? "",
        namespace: service.metadata?.namespace ?? "",
        name: service.metadata?.name ?? "",
        createdAt: new Date(service.metadata?.creationTimestamp ?? 0).toISOString(),
        ports: balancedPorts(service),
        ...(published !== undefined && { published }),
      };
    });
}

function balancedPorts({ spec }: V1Service): BalancedPort[] {
  return (spec?.ports ?? []).flatMap(({ protocol = "TCP", port, nodePort }) =>
    nodePort !== undefined && (protocol === "TCP" || protocol === "UDP")
      ? [{ protocol, port, nodePort }]
      : [],
  );
}

/** The address that a Service's status promises, provided that it is one of this cluster's pool. */
function publishedAddress(cluster: LabCluster, { status }: V1Service): string | undefined {
  const entries = status?.loadBalancer?.ingress ?? [];
  const [entry] = entries;
  if (entries.length !== 1 || entry === undefined) {
    return undefined;
  }
  return poolAddresses(cluster).find((address) => {
    const wanted = ingressOf(cluster, address);
    return entry.ip === wanted.ip && entry.hostname === wanted.hostname;
  });
}

/** What a Service's status says of its address: a name or an address, by the kind of the cloud. */
export function ingressOf(cluster: LabCluster, address: string): V1LoadBalancerIngress {
  return cluster.addressKind === "hostname"
    ? { hostname: loadBalancerHostname(cluster.name, address) }
    : { ip: address };
}

export function poolAddresses({ loadBalancerPrefix }: LabCluster): string[] {
  return Array.from(
    { length: POOL.last - POOL.first + 1 },
    (_, index) => `${loadBalancerPrefix}.${POOL.first + index}`,
  );
}

/**
 * Gives every Service an address of its own.
 *
 * A Service keeps what its status says; where two say the same, the older one keeps it. Services that find the pool
 * empty get none until another one is deleted.
 *
 * @returns address by the Service's uid
 */
export function allocate(
  cluster: LabCluster,
  services: readonly BalancedService[],
): Map<string, string> {
  const byAge = [...services].sort(
    (a, b) => compare(a.createdAt, b.createdAt) || compare(a.uid, b.uid),
  );
  const owners = new Map<string, string>();
  for (const { uid, published } of byAge) {
    if (published !== undefined && !owners.has(published)) {
      owners.set(published, uid);
    }
  }
  const served = new Set(owners.values());
  const free = poolAddresses(cluster).filter((address) => !owners.has(address));
  for (const { uid } of byAge.filter((service) => !served.has(service.uid))) {
    const address = free.shift();
    if (address !== undefined) {
      owners.set(address, uid);
    }
  }
  return new Map([...owners].map(([address, uid]) => [uid, address]));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What the fabric forwards for one cluster. */
export interface Balanced {
  readonly cluster: LabCluster;
  readonly services: readonly BalancedService[];
  /** Result of {@link allocate}. */
  readonly addresses: ReadonlyMap<string, string>;
}

/**
 * The fabric's whole nat table for `iptables-restore`: every port of every Service to its NodePort.
 *
 * Without the MASQUERADE, answers to a client on another node would go there directly, from an address it never
 * called: all nodes are on one bridge.
 */
export function natTable(balanced: readonly Balanced[]): string {
  const rules = balanced.flatMap(({ cluster, services, addresses }) =>
    services.flatMap((service) => {
      const address = addresses.get(service.uid);
      return address === undefined ? [] : service.ports.map((port) => dnat(cluster, address, port));
    }),
  );
  return [
    "*nat",
    ":PREROUTING ACCEPT [0:0]",
    ":INPUT ACCEPT [0:0]",
    ":OUTPUT ACCEPT [0:0]",
    ":POSTROUTING ACCEPT [0:0]",
    ...rules.sort(),
    "-A POSTROUTING -m conntrack --ctstate DNAT -j MASQUERADE",
    "COMMIT",
    "",
  ].join("\n");
}

function dnat({ nodeIp }: LabCluster, address: string, port: BalancedPort): string {
  const protocol = port.protocol.toLowerCase();
  return `-A PREROUTING -d ${address}/32 -p ${protocol} -m ${protocol} --dport ${port.port} -j DNAT --to-destination ${nodeIp}:${port.nodePort}`;
}

/**
 * `ip -batch` lines that give the fabric's bridge exactly the addresses of the load balancers.
 *
 * @param present addresses that the bridge has, its own included
 */
export function addressCommands(
  balanced: readonly Balanced[],
  present: readonly string[],
): string[] {
  const wanted = new Set(balanced.flatMap(({ addresses }) => [...addresses.values()]));
  const has = new Set(present);
  return [
    ...present
      .filter((address) => address !== FABRIC.address && !wanted.has(address))
      .map((address) => `address delete ${address}/32 dev ${FABRIC.bridge}`),
    ...[...wanted]
      .filter((address) => !has.has(address))
      .map((address) => `address add ${address}/32 dev ${FABRIC.bridge}`),
  ];
}
