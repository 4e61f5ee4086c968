import type { BookinfoConfig } from "./bookinfo";
import type { CiliumProfile, CloudProfile, MetricsSource, StorageClassProfile } from "./clouds";
import type { FirstStepsConfig } from "./first-steps-schema";
import type { ObservabilityConfig } from "./observability";
import type { IstioRelease } from "./versions";
import type { PkiConfig } from "./schema";
import type { SpreadService, WeightedService } from "./theater-schema";

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
    readonly cni: HelmValues;
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
  /** Whether the mesh has a theater, whose redis needs a password. */
  readonly theater: boolean;
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

/** Who signs the certificates of public hosts. */
export type HttpsIssuer =
  | {
      readonly kind: "acme";
      /** Name of the ClusterIssuer. */
      readonly name: string;
      /** URL of the ACME server's directory (RFC 8555 §7.1.1). */
      readonly directory: string;
      readonly email: string;
      /** PEM roots of the server's own certificate, where they are not public. */
      readonly caBundle: string | undefined;
    }
  /** A ClusterIssuer that others made. */
  | { readonly kind: "existing"; readonly name: string };

/** Which cert-manager is installed, and from where. */
export interface CertManagerSource {
  /** Of the chart, with its `v`. */
  readonly version: string;
  /** Helm repository URL, `oci://` prefix or local folder. */
  readonly charts: string;
  readonly values: HelmValues;
}

/** How a cluster gets certificates for the hosts that enter the mesh through it. */
export interface HttpsConfig {
  readonly hosts: readonly string[];
  readonly issuer: HttpsIssuer;
  /** Nothing where the cluster has one already. */
  readonly certManager: CertManagerSource | undefined;
}

/** How the Clova extension runs in one cluster. */
export interface ClovaService {
  readonly replicas: number;
  readonly image: string;
  /** Requests for another extension are refused. */
  readonly applicationId: string;
  /** URL or PEM text of the key that CEK signs with. */
  readonly signatureKey: string | undefined;
  readonly raspberryPiUrl: string | undefined;
}

/** The part that a cluster has in the Clova extension, one of both at least. */
export interface ClovaConfig {
  /** Only where the host enters through this cluster's ingress gateway. */
  readonly host: string | undefined;
  readonly service: ClovaService | undefined;
}

/** How the requests to one of the theater's services are divided among the clusters that run it. */
export interface TheaterRoute {
  readonly service: WeightedService;
  /** Percentages, 100 together; 0 is one. */
  readonly weights: readonly { readonly cluster: string; readonly weight: number }[];
  /** The cluster that answers requests marked so; nothing where only one runs the service. */
  readonly canary: string | undefined;
}

/** How the public enters the theater. */
export type TheaterEntry =
  | { readonly kind: "https" | "http"; readonly host: string }
  | {
      readonly kind: "existing";
      readonly host: string;
      /** `<namespace>/<name>` of a Gateway that others made. */
      readonly gateway: string;
    };

/** The one redis of the mesh. */
export interface TheaterRedis {
  readonly image: string;
  /** Size of its volume; nothing for one that ends with the pod. */
  readonly storage: string | undefined;
  readonly storageClass: string | undefined;
}

/** The part that a cluster has in the theater. */
export interface TheaterConfig {
  /** Only where the host enters through this cluster's ingress gateway. */
  readonly entry: TheaterEntry | undefined;
  readonly services: readonly { readonly name: SpreadService; readonly image: string }[];
  readonly redis: TheaterRedis | undefined;
  readonly routes: readonly TheaterRoute[];
  readonly replicas: number;
  readonly nodeAffinity: boolean;
  /** Nothing where the page doesn't look at the mesh. */
  readonly page: TheaterPage | undefined;
}

/** How the theater's page looks at the mesh. */
export interface TheaterPage {
  /** IDs of the clusters that run the gateway with the page: it looks at every cluster. */
  readonly viewers: readonly string[];
  /** Whether a token lets its visitors change the routes. */
  readonly control: boolean;
}

/** A stack that deploys one cluster. */
export interface ClusterConfig {
  readonly kind: "cluster";
  readonly mesh: Mesh;
  readonly self: Cluster;
  readonly peers: readonly PeerAccess[];
  readonly trust: { readonly kind: "stack"; readonly name: string } | { readonly kind: "provided" };
  readonly istio: IstioSource;
  /** Who leads the pods' traffic to their proxies: an init container of each, or istio-cni. */
  readonly istioCni: "none" | "install" | "existing";
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
  readonly bookinfo: BookinfoConfig | undefined;
  readonly firstSteps: FirstStepsConfig | undefined;
  readonly https: HttpsConfig | undefined;
  readonly clova: ClovaConfig | undefined;
  readonly theater: TheaterConfig | undefined;
  readonly observability: ObservabilityConfig | undefined;
  readonly echoImage: string | undefined;
  readonly allowUnsupportedVersions: boolean;
}

export type StackConfig = TrustConfig | ClusterConfig;
