import type { Severity } from "../finding";

/** `unknown`: nothing could be looked at. */
export type Health = Extract<Severity, "ok" | "warning" | "error"> | "unknown";

/** A mesh at one moment, as far as it could be seen: what every format draws. */
export interface Topology {
  /** The mesh's ID. */
  readonly mesh: string;
  /** ISO 8601. */
  readonly takenAt: string;
  readonly clusters: readonly ClusterNode[];
  /** One per direction. */
  readonly links: readonly Link[];
  /** The most called first. */
  readonly services: readonly ServiceNode[];
  /** What could not be seen, one sentence each. */
  readonly missing: readonly string[];
}

export interface ClusterNode {
  readonly id: string;
  readonly network: string;
  /** The offering, e.g. `NAVER Cloud, Ncloud Kubernetes Service`. */
  readonly cloud: string;
  /** The worst that check says of the cluster itself. */
  readonly health: Health;
  /** Check's sentences on what is not in order. */
  readonly trouble: readonly string[];
  /** Version, as the API server gives it. */
  readonly kubernetes?: string;
  /** istiod's version. */
  readonly istio?: string;
  readonly gateway: Gateway;
  readonly proxies?: Proxies;
}

/** The east-west gateway. */
export interface Gateway {
  /** IP addresses and host names of its load balancer. */
  readonly addresses: readonly string[];
  readonly port: number;
}

/** Whose counts went into the picture. */
export interface Proxies {
  readonly asked: number;
  readonly running: number;
}

/** What proxies of one cluster sent to services of any, counted since each proxy started. */
export interface Counts {
  /** HTTP requests, or TCP connections of services that speak something else. */
  readonly requests: number;
  /** Of these: answered with 5xx, or not at all. */
  readonly failed: number;
}

/** The way from one cluster to the services of another. */
export interface Link extends Counts {
  /** Whether the proxies of `from` could be asked; without them nothing is known of its requests. */
  readonly isCounted: boolean;
  readonly from: string;
  readonly to: string;
  /** The worst that check says of the direction. */
  readonly health: Health;
  readonly trouble: readonly string[];
  /** Connections that are open now. */
  readonly connections: number;
}

export interface ServiceNode extends Counts {
  /** E.g. `echo.echo.svc.cluster.local`. */
  readonly host: string;
  readonly port: number;
  /** Clusters in which it has endpoints that other clusters may call. */
  readonly clusters: readonly string[];
  readonly calls: readonly ServiceCalls[];
  /** Share of the requests by answering cluster, 0 to 1; empty where there were none. */
  readonly shares: Readonly<Record<string, number>>;
}

export interface ServiceCalls extends Counts {
  readonly from: string;
  readonly to: string;
}
