import type { FirewallRule } from "./firewall";

/** What a Kubernetes offering expects of the mesh's objects, as data: a new cloud is a new row. */
export interface CloudProfile {
  /** The offering's own name, e.g. `NAVER Cloud, Ncloud Kubernetes Service`. */
  readonly title: string;
  /** What its load balancers publish in `status.loadBalancer.ingress`; `any` for either. */
  readonly addressKind: "hostname" | "ip" | "any";
  readonly loadBalancer: LoadBalancerProfile;
  /** Requests and limits of the mesh's own workloads. */
  readonly footprint: Footprint;
  /** The class that claims without one get; nothing where it differs from cluster to cluster. */
  readonly storageClass?: StorageClassProfile;
  /**
   * Where the metrics that autoscaling needs come from: the cluster has them, we install
   * metrics-server, or there are none and nothing autoscales. `mesh:metricsServer` overrides it.
   */
  readonly metricsServer: MetricsSource;
  readonly cni: CniProfile;
  /** What its firewall needs beyond what every cluster of a mesh needs. */
  readonly firewall: readonly FirewallRule[];
  /** What an operator should know before the first `up`. */
  readonly notes: readonly string[];
  /** Where the row's facts come from. */
  readonly sources: readonly string[];
}

/** How much the control plane and the gateways ask of the cluster's nodes. */
export type Footprint = "standard" | "small";

export type MetricsSource = "existing" | "install" | "none";

/** Kubernetes takes texts only, and a cloud reads `"5"` where it ignores `5`. */
export type Annotations = Readonly<Record<string, string>>;

/** Annotations of the gateways' Services of type LoadBalancer. */
export interface LoadBalancerProfile {
  readonly ingress: Annotations;
  /** Mesh traffic: few connections that live long, often idle, and end in the gateway's own TLS. */
  readonly eastWest: Annotations;
  /** Why these annotations and these values. */
  readonly reason: string;
}

export interface StorageClassProfile {
  readonly name: string;
  /** The CSI driver behind it. */
  readonly provisioner: string;
  readonly volumeBindingMode: "WaitForFirstConsumer" | "Immediate";
  /** Whether the cloud creates it. Where it doesn't, we do, unless `mesh:storageClass` says no. */
  readonly provided: boolean;
}

export interface CniProfile {
  /** The network plug-in that the offering comes with. */
  readonly name: string;
  /** Settings of its Cilium that Istio needs; `mesh:ciliumSettings` decides whether we make them. */
  readonly cilium?: CiliumProfile;
  /**
   * What istio-cni has to know of the nodes, where it isn't what its chart assumes: plug-ins in
   * /opt/cni/bin, their configuration in /etc/cni/net.d.
   */
  readonly istioCni?: IstioCniProfile;
  readonly notes: readonly string[];
}

export interface IstioCniProfile {
  /** Profile of Istio's charts with what differs (manifests/helm-profiles/platform-<name>.yaml). */
  readonly platform: "gke" | "minikube";
  readonly reason: string;
}

/** Where an offering keeps its Cilium, and what Istio needs changed there. */
export interface CiliumProfile {
  readonly namespace: string;
  readonly configMap: string;
  /** The agent, which reads the ConfigMap when it starts. */
  readonly daemonSet: string;
  readonly settings: readonly CiliumSetting[];
}

export interface CiliumSetting {
  readonly key: string;
  readonly value: string;
  readonly reason: string;
}
