import { ACME_HOSTS, type LabCluster } from "../topology";

/** The certificate authorities of one cluster: what one of them signed means nothing to the others' readers. */
export const AUTHORITIES = ["ca", "front-proxy-ca", "etcd-ca"] as const;
export type Authority = (typeof AUTHORITIES)[number];

/** One certificate of a cluster, as data. */
export interface CertificatePlan {
  /** Base name of its files. */
  readonly file: string;
  readonly authority: Authority;
  readonly commonName: string;
  /** Kubernetes takes it for the user's group. */
  readonly organization?: string;
  readonly usages: readonly ("serverAuth" | "clientAuth")[];
  readonly dnsNames?: readonly string[];
  readonly addresses?: readonly string[];
}

/** Users of the Kubernetes API that get a kubeconfig; each has a certificate of the same name. */
export const USERS = [
  "admin",
  "kube-controller-manager",
  "kube-scheduler",
  "kube-proxy",
  "kubelet",
  "load-balancer",
] as const;
export type User = (typeof USERS)[number];

/** User name of the load balancer, whose rights manifests/rbac.ts lists. */
export const LOAD_BALANCER_USER = "mesh-lab:load-balancer";
/** User name of the API server where it calls the kubelet. */
export const KUBELET_CLIENT_USER = "kube-apiserver-kubelet-client";
/** The one name that the API server accepts as an aggregating proxy. */
export const FRONT_PROXY_CLIENT = "front-proxy-client";

/**
 * One certificate per purpose, with no more rights than that purpose needs.
 *
 * Names and groups: kubernetes.io/docs/setup/best-practices/certificates.
 */
export function certificatePlans(cluster: LabCluster): CertificatePlan[] {
  const client = ["clientAuth"] as const;
  const server = ["serverAuth"] as const;
  return [
    {
      file: "kube-apiserver",
      authority: "ca",
      commonName: "kube-apiserver",
      usages: server,
      dnsNames: [
        "kubernetes",
        "kubernetes.default",
        "kubernetes.default.svc",
        "kubernetes.default.svc.cluster.local",
        "localhost",
      ],
      addresses: ["127.0.0.1", cluster.nodeIp, cluster.kubernetesServiceIp],
    },
    {
      file: "kube-apiserver-kubelet-client",
      authority: "ca",
      commonName: KUBELET_CLIENT_USER,
      usages: client,
    },
    {
      file: "kubelet-server",
      authority: "ca",
      commonName: `system:node:${cluster.nodeName}`,
      organization: "system:nodes",
      usages: server,
      dnsNames: [cluster.nodeName],
      addresses: [cluster.nodeIp],
    },
    {
      file: "kubelet",
      authority: "ca",
      commonName: `system:node:${cluster.nodeName}`,
      organization: "system:nodes",
      usages: client,
    },
    {
      file: "kube-controller-manager",
      authority: "ca",
      commonName: "system:kube-controller-manager",
      usages: client,
    },
    {
      file: "kube-scheduler",
      authority: "ca",
      commonName: "system:kube-scheduler",
      usages: client,
    },
    { file: "kube-proxy", authority: "ca", commonName: "system:kube-proxy", usages: client },
    { file: "load-balancer", authority: "ca", commonName: LOAD_BALANCER_USER, usages: client },
    {
      file: "admin",
      authority: "ca",
      commonName: "mesh-lab:admin",
      organization: "system:masters",
      usages: client,
    },
    {
      file: "front-proxy-client",
      authority: "front-proxy-ca",
      commonName: FRONT_PROXY_CLIENT,
      usages: client,
    },
    {
      file: "etcd",
      authority: "etcd-ca",
      commonName: "etcd",
      // etcd's own gateway and its peers dial it with this very certificate.
      usages: ["serverAuth", "clientAuth"],
      dnsNames: ["localhost"],
      addresses: ["127.0.0.1"],
    },
    {
      file: "acme",
      authority: "ca",
      commonName: "acme",
      usages: server,
      dnsNames: ACME_HOSTS,
    },
    {
      file: "kube-apiserver-etcd-client",
      authority: "etcd-ca",
      commonName: "kube-apiserver-etcd-client",
      usages: client,
    },
  ];
}

/** PEM files of a cluster's PKI by name: `<file>.crt`, `<file>.key`, and `service-account.key` and `.pub`. */
export type PemFiles = ReadonlyMap<string, string>;

/** Certificates with less time left than this are not used for another run. */
export const RENEWAL_MS = 30 * 24 * 60 * 60 * 1000;
