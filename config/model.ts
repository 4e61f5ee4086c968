import type { CiliumProfile, CloudProfile, MetricsSource, StorageClassProfile } from "./clouds";
import type { IstioRelease } from "./versions";
import type { PkiConfig } from "./schema";

/** One cluster of the mesh. */
export interface Cluster {
  /** Cluster ID: istiod's clusterName, the remote secret's data key, the label topology.istio.io/cluster. */
  readonly id: string;
  /** Network ID: the label topology.istio.io/network. */
  readonly network: string;
  readonly cloud: CloudProfile;
  /** Position in the mesh, from 0. */
  readonly index: number;
  readonly apiServer: string | undefined;
  /** As configured; the cluster itself may say otherwise. */
  readonly kubernetesVersion: string | undefined;
}

/** Which Istio is deployed, and from where. */
export interface IstioSource {
  readonly version: string;
  readonly release: IstioRelease;
  /**
   * Minor whose custom resource definitions we bring; nothing for a version that isn't supported, whose
   * own chart then brings them.
   */
  readonly crds: string | undefined;
  /** Helm repository URL, `oci://` prefix or local folder. */
  readonly charts: string;
  readonly hub: string;
  readonly tag: string;
  /** Values merged over ours, per chart. */
  readonly values: {
    readonly base: HelmValues;
    readonly istiod: HelmValues;
    /** Of both gateways. */
    readonly gateway: HelmValues;
    /** Of one gateway, merged over `gateway`. */
    readonly ingressGateway: HelmValues;
    readonly eastWestGateway: HelmValues;
  };
}

export type HelmValues = Readonly<Record<string, unknown>>;

/** What every stack of the mesh agrees on. */
export interface Mesh {
  readonly id: string;
  readonly trustDomain: string;
  readonly clusters: readonly Cluster[];
}

/** A stack that holds the root key. */
export interface TrustConfig {
  readonly kind: "trust";
  readonly mesh: Mesh;
  readonly pki: PkiConfig;
}

/** How a cluster's stack gets at a peer. */
export type PeerAccess =
  | {
      readonly kind: "managed";
      readonly cluster: Cluster;
      /** URL under which this cluster's istiod reaches the peer's API server. */
      readonly server: string;
    }
  | { readonly kind: "provided"; readonly cluster: Cluster };

/** The CA files of a cluster as its owner hands them over. */
export interface CacertsPem {
  readonly caCert: string;
  readonly caKey: string;
  readonly rootCert: string;
  readonly certChain: string;
}

/** What this stack adds to the cluster itself: the cloud's row, as the configuration overrides it. */
export interface PlatformConfig {
  /** The default StorageClass to create. */
  readonly storageClass: StorageClassProfile | undefined;
  readonly metrics: MetricsSource;
  readonly metricsServerValues: HelmValues;
  /** The Cilium to set up for Istio. */
  readonly cilium: CiliumProfile | undefined;
}

/** A stack that deploys one cluster. */
export interface ClusterConfig {
  readonly kind: "cluster";
  readonly mesh: Mesh;
  readonly self: Cluster;
  readonly peers: readonly PeerAccess[];
  readonly trust: { readonly kind: "stack"; readonly name: string } | { readonly kind: "provided" };
  readonly istio: IstioSource;
  readonly gatewayApi: "install" | "existing";
  readonly crds: "delete" | "keep";
  readonly systemNamespace: "create" | "existing";
  readonly platform: PlatformConfig;
  readonly mtls: "STRICT" | "PERMISSIVE";
  /** Why it is weaker than STRICT, if somebody said. */
  readonly mtlsReason: string | undefined;
  /** How long a connection between proxies lives; 0 without limit. */
  readonly connectionSeconds: number;
  readonly crossNetworkHosts: readonly string[];
  readonly remoteCredentials: "read" | "ignore";
  readonly echoImage: string | undefined;
  readonly allowUnsupportedVersions: boolean;
}

export type StackConfig = TrustConfig | ClusterConfig;
