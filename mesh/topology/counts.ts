import type { EnvoyClusters } from "../check/gather/envoy";
import type { NetworkGateway } from "../check/facts";

/** What one proxy has sent to one endpoint of one service since it started. */
export interface EndpointCounts {
  readonly host: string;
  readonly port: number;
  /** Name of the DestinationRule's subset; empty without. */
  readonly subset: string;
  /** `address:port` */
  readonly endpoint: string;
  readonly requests: number;
  readonly failed: number;
  /** Open now. */
  readonly connections: number;
}

/** `outbound|8080|v1|echo.echo.svc.cluster.local`, as sidecars and ingress gateways call a service. */
const SERVICE = /^outbound\|(\d+)\|([^|]*)\|(.+)$/;

/** Takes the counts of every service's endpoints from a proxy's own list of them. */
export const countsOf = ({ cluster_statuses: clusters = [] }: EnvoyClusters): EndpointCounts[] =>
  clusters.flatMap(({ name = "", host_statuses: hosts = [] }) => {
    const [, port, subset = "", host] = SERVICE.exec(name) ?? [];
    return host === undefined
      ? []
      : hosts.flatMap(({ address, stats = [] }) => {
          const { address: ip, port_value: endpointPort } = address?.socket_address ?? {};
          const stat = (wanted: string): number =>
            Number(stats.find((one) => one.name === wanted)?.value ?? 0);
          return ip === undefined || endpointPort === undefined
            ? []
            : [
                {
                  host,
                  port: Number(port),
                  subset,
                  endpoint: `${ip}:${endpointPort}`,
                  requests: stat("rq_total"),
                  // A connection that fails takes a request with it, which no host then counts.
                  failed: stat("rq_error") + stat("cx_connect_fail"),
                  connections: stat("cx_active"),
                },
              ];
        });
  });

/**
 * Where an endpoint is: the clusters' networks meet at gateways only, so whatever is no peer's
 * gateway is in the proxy's own cluster.
 */
export const clusterOf = (
  endpoint: string,
  own: string,
  gateways: readonly NetworkGateway[],
): string =>
  gateways.find(({ address, port }) => `${address}:${port}` === endpoint)?.cluster ?? own;

/** One proxy's counts. */
export interface ProxyCounts {
  /** `namespace/pod` */
  readonly proxy: string;
  readonly endpoints: readonly EndpointCounts[];
}

/** What the proxies of one cluster have sent, by service and answering cluster. */
export interface Sent {
  readonly from: string;
  readonly to: string;
  readonly host: string;
  readonly port: number;
  readonly requests: number;
  readonly failed: number;
  readonly connections: number;
}

/** Adds up the counts of one cluster's proxies. */
export function sentBy(
  from: string,
  proxies: readonly ProxyCounts[],
  gateways: readonly NetworkGateway[],
): Sent[] {
  const sums = new Map<string, Sent>();
  for (const counts of proxies.flatMap(({ endpoints }) => endpoints)) {
    const { host, port } = counts;
    const to = clusterOf(counts.endpoint, from, gateways);
    const key = `${to} ${host} ${port}`;
    const { requests, failed, connections } = sums.get(key) ?? NOTHING;
    sums.set(key, {
      from,
      to,
      host,
      port,
      requests: requests + counts.requests,
      failed: failed + counts.failed,
      connections: connections + counts.connections,
    });
  }
  return [...sums.values()];
}

export const NOTHING = { requests: 0, failed: 0, connections: 0 } as const;
