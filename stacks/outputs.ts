import type * as pulumi from "@pulumi/pulumi";
import type { DnsRecord } from "../components/https/dns-record";
import type { CacertsPem } from "../config/model";

/** The CA files per cluster ID, secret as a whole. */
export type CacertsByCluster = pulumi.Output<Record<string, CacertsPem>>;

/** What the trust stack exports: a contract with the clusters' stacks and with people's scripts. */
export interface TrustOutputs {
  readonly cacerts: CacertsByCluster;
  /** PEM bundle of every trusted root: `root-cert.pem` of every cluster. */
  readonly rootCertificates: pulumi.Output<string>;
  /** SHA-256 fingerprints of the roots, in order, as `AB:CD:…`. */
  readonly rootFingerprints: pulumi.Output<string[]>;
  /** End of validity of each cluster's intermediate (RFC 3339). */
  readonly intermediates: Readonly<Record<string, pulumi.Output<string>>>;
  /** Password of the theater's redis (secret), where the mesh has a theater. */
  readonly theaterRedisPassword?: pulumi.Output<string>;
}

/** What a cluster's stack exports. */
export interface ClusterOutputs {
  /** Cluster ID in the mesh. */
  readonly cluster: string;
  /** Network ID in the mesh. */
  readonly network: string;
  /** IDs of the clusters whose services this one sees. */
  readonly peers: readonly string[];
  readonly istioVersion: string;
  /** Address or host name of the gateway that the peers use, on port 15443. */
  readonly eastWestAddress: pulumi.Output<string | undefined>;
  /** Address or host name of the gateway that the public uses. */
  readonly ingressAddress: pulumi.Output<string | undefined>;
  /** The DNS records that the hosts of this cluster's ingress gateway need. */
  readonly publicHosts: readonly pulumi.Output<DnsRecord | undefined>[];
  /** Of Grafana's user `admin` (secret), where this cluster has it. */
  readonly grafanaPassword?: pulumi.Output<string>;
}
