import type { Health, Topology } from "../topology/model";

/** One moment of a mesh, with what flows. */
export interface Frame {
  /** ISO 8601. */
  readonly at: string;
  readonly mesh: string;
  /** What the rates are averages over. */
  readonly seconds: number;
  readonly clusters: readonly { readonly id: string; readonly health: Health }[];
  readonly directions: readonly Direction[];
  /** The most called first. */
  readonly services: readonly ServiceRate[];
  /** What is not in order: check's sentences with their place. */
  readonly trouble: readonly Trouble[];
  /** What could not be seen. */
  readonly missing: readonly string[];
}

export interface Rates {
  readonly requestsPerSecond: number;
  readonly failedPerSecond: number;
}

export interface Direction extends Rates {
  readonly from: string;
  readonly to: string;
  readonly health: Health;
  /** Whether the proxies of `from` could be asked. */
  readonly isCounted: boolean;
  /** Open now. */
  readonly connections: number;
}

export interface ServiceRate extends Rates {
  readonly host: string;
  readonly port: number;
  /** Share of the requests by answering cluster, 0 to 1; empty where there were none. */
  readonly shares: Readonly<Record<string, number>>;
}

export interface Trouble {
  readonly health: Extract<Health, "error" | "warning">;
  readonly place: string;
  readonly what: string;
}

/** @param topology made of what was counted in the last `seconds` */
export function frameOf(topology: Topology, seconds: number): Frame {
  const rates = ({ requests, failed }: { requests: number; failed: number }): Rates => ({
    requestsPerSecond: requests / seconds,
    failedPerSecond: failed / seconds,
  });
  const places = [
    ...topology.clusters.map((one) => ({ ...one, place: one.id })),
    ...topology.links.map((one) => ({ ...one, place: `${one.from} → ${one.to}` })),
  ];
  const troubleOf = (wanted: Trouble["health"]): Trouble[] =>
    places
      .filter(({ health }) => health === wanted)
      .flatMap(({ place, trouble }) => trouble.map((what) => ({ health: wanted, place, what })));
  return {
    at: topology.takenAt,
    mesh: topology.mesh,
    seconds,
    clusters: topology.clusters.map(({ id, health }) => ({ id, health })),
    directions: topology.links.map(({ from, to, health, isCounted, connections, ...counts }) => ({
      from,
      to,
      isCounted,
      health,
      connections,
      ...rates(counts),
    })),
    services: topology.services.map(({ host, port, shares, ...counts }) => ({
      host,
      port,
      shares,
      ...rates(counts),
    })),
    trouble: [...troubleOf("error"), ...troubleOf("warning")],
    missing: topology.missing,
  };
}
