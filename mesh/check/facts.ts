import type { Cluster, ClusterConfig } from "../../config/model";
import type { HostFacts } from "../https/host-facts";
import type { Metrics } from "../metrics/read-metrics";
import type { View } from "../preflight/check";
import type { EchoAnswer } from "./traffic/answer";

/** Everything that is read of one cluster, apart from what becomes of it: checks judge it. */
export interface Facts {
  /** What the API server says of itself, or why it doesn't. */
  readonly apiServer: ApiServer;
  readonly systemNamespace: SystemNamespace | undefined;
  /** Deployments with the label app=istiod, one per revision. */
  readonly istiods: readonly Workload[];
  /** Deployments of the two gateways. */
  readonly gateways: readonly Workload[];
  /** Pods of the system namespace. */
  readonly pods: readonly Pod[];
  /** Files of the Secret `cacerts`, in clear; nothing where there is none. */
  readonly cacerts: Readonly<Record<string, string>> | undefined;
  readonly remoteSecrets: readonly RemoteSecret[];
  /** Service of the east-west gateway. */
  readonly eastWest: GatewayService | undefined;
  /** `networking.istio.io` Gateways of the system namespace. */
  readonly openings: readonly Opening[];
  readonly mtlsPolicies: readonly MtlsPolicy[];
  /** The ConfigMap `istio-ca-root-cert` of every namespace that has it. */
  readonly rootConfigMaps: readonly RootConfigMap[];
  /** What each istiod that runs says of the clusters that it watches. */
  readonly watched: readonly Watched[];
  /** Gateways of all networks, as istiod hands them to its proxies. */
  readonly networkGateways: readonly NetworkGateway[];
  /** Proxies that get their configuration from istiod. */
  readonly proxies: readonly Proxy[];
  /** Certificates that istiod shows on its secure port: its own first, PEM. */
  readonly servingChain: readonly string[];
  /** Services with endpoints that the east-west gateway lets other networks in to. */
  readonly exposed: readonly ServicePort[];
  /** What its pod answers on the port for other networks; nothing where no service is exposed. */
  readonly gatewayAnswer: TlsAnswer | undefined;
  /** Endpoints of all services, as a gateway of this cluster balances over them. */
  readonly upstreams: readonly Upstream[];
  /** By peer: what its API server makes of the remote secret's credentials. */
  readonly access: Readonly<Record<string, Access>>;
  /** By peer: what each address of its gateway answers a gateway pod of this cluster. */
  readonly reach: Readonly<Record<string, readonly Reach[]>>;
  /** By peer: what each address of its gateway answers this machine. */
  readonly fromHere: Readonly<Record<string, readonly AddressAnswer[]>>;
  /** Hosts that enter the mesh through this cluster. */
  readonly publicHosts: readonly HostFacts[];
  readonly echoPods: readonly Pod[];
  /** What its Prometheus says; nothing where it has none. */
  readonly metrics: Metrics | undefined;
  /** Answers of the echo service to its own pod here; nothing where it isn't deployed. */
  readonly echo: readonly EchoAnswer[] | undefined;
}

export type FactName = keyof Facts;

/** What could not be seen, and why; the message is without a full stop. */
export class Unseen extends Error {
  override readonly name = "Unseen";

  constructor(
    reason: string,
    /** The check that says why; without one it is said for itself. */
    readonly saidBy?: string,
  ) {
    super(reason);
  }
}

export type Seen<T> = T | Unseen;

/** One cluster as it was seen. */
export interface Sight {
  readonly cluster: Cluster;
  readonly config: ClusterConfig;
  readonly facts: { readonly [K in FactName]: Seen<Facts[K]> };
}

export type ApiServer =
  { readonly version: string } | { readonly failure: Error; readonly view: View };

export interface SystemNamespace {
  readonly labels: Readonly<Record<string, string>>;
}

/** A Deployment, as far as the mesh depends on it. */
export interface Workload {
  readonly name: string;
  readonly wanted: number;
  readonly available: number;
  /** Image of its first container. */
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  /** What its pods are found by. */
  readonly selector: Readonly<Record<string, string>>;
}

export interface Pod {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly isReady: boolean;
  readonly containers: readonly Container[];
  /** Why it isn't running, e.g. that no node has room. */
  readonly trouble?: string;
}

export interface Container {
  readonly name: string;
  readonly restarts: number;
  /** Why it doesn't run, e.g. `CrashLoopBackOff`. */
  readonly waiting?: string;
  readonly lastEnd?: { readonly reason: string; readonly at: Date };
}

export interface RemoteSecret {
  readonly name: string;
  /** Annotation networking.istio.io/cluster. */
  readonly annotation: string | undefined;
  /** Kubeconfig by cluster ID. */
  readonly kubeconfigs: Readonly<Record<string, string>>;
}

export interface GatewayService {
  readonly name: string;
  readonly type: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  readonly addresses: readonly LoadBalancerAddress[];
}

export interface LoadBalancerAddress {
  readonly kind: "hostname" | "ip";
  readonly address: string;
}

/** One server of an Istio Gateway. */
export interface Opening {
  readonly gateway: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly port: number;
  readonly tlsMode: string | undefined;
  readonly hosts: readonly string[];
}

export interface MtlsPolicy {
  readonly namespace: string;
  readonly name: string;
  readonly mode: string | undefined;
  readonly hasSelector: boolean;
  readonly createdAt: Date;
}

export interface RootConfigMap {
  readonly namespace: string;
  readonly pem: string;
}

export interface Watched {
  /** Pod. */
  readonly istiod: string;
  readonly clusters: readonly PeerSync[];
}

/** What one istiod says of one cluster that it watches (debug/clusterz). */
export interface PeerSync {
  readonly id: string;
  /** `namespace/name`; empty for the cluster that it runs in. */
  readonly secretName: string;
  /** `synced`, `syncing`, `timeout` or `closed`. */
  readonly syncStatus: string;
}

export interface NetworkGateway {
  readonly network: string;
  readonly cluster: string;
  readonly address: string;
  readonly port: number;
}

export interface Proxy {
  /** `pod.namespace` */
  readonly name: string;
  readonly clusterId: string;
  readonly version: string;
}

export interface ServicePort {
  readonly host: string;
  readonly port: number;
}

/** What a TLS client was answered. */
export type TlsAnswer =
  | {
      readonly result: "answered";
      /** The server's certificate first, PEM. */
      readonly chain: readonly string[];
    }
  /** Connected, and closed again before any answer. */
  | { readonly result: "closed"; readonly reason: string }
  | { readonly result: "unreachable"; readonly reason: string };

export type AddressAnswer = TlsAnswer & { readonly address: string };

/** One endpoint of one service. */
export interface Upstream extends ServicePort {
  readonly address: string;
  readonly endpointPort: number;
  readonly isHealthy: boolean;
}

export type Access =
  | {
      readonly result: "answered";
      readonly user: string;
      /** Rights in the system namespace; nothing where the API server doesn't know them all. */
      readonly rules: readonly AccessRule[] | undefined;
    }
  | { readonly result: "refused"; readonly status: number; readonly reason: string }
  | { readonly result: "untrusted"; readonly reason: string }
  | { readonly result: "unreachable"; readonly reason: string };

/** As a SelfSubjectRulesReview lists them. */
export interface AccessRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** What one address answered from inside a cluster. */
export interface Reach {
  readonly address: string;
  readonly outcome: ReachOutcome;
  /** In the client's own words. */
  readonly said: string;
}

/**
 * `passthrough`: connected, and cut off as Envoy cuts off strangers. `answered`: something else is
 * there, which speaks TLS or HTTP to anybody.
 */
export type ReachOutcome =
  "passthrough" | "refused" | "silent" | "unresolved" | "answered" | "unknown";
