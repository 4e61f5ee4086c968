import { z } from "zod";
import { bookinfo } from "./bookinfo-schema";
import { CLOUD_NAMES } from "./clouds";
import { clova } from "./clova-schema";
import { firstSteps } from "./first-steps-schema";
import { https } from "./https-schema";
import { isDnsLabel, MAX_CLUSTER_NAME, suggestLabel } from "./names";
import { observability } from "./observability-schema";
import { says } from "./says";
import { theater } from "./theater-schema";

/**
 * Every configuration key of the project: type, default and one line of documentation.
 *
 * The parser, the `config:` block of Pulumi.yaml and the documentation rest on this one table. Keys
 * are relative to the project's namespace, `mesh`.
 */

const clusterName = z.string().superRefine((name, context) => {
  if (!isDnsLabel(name) || name.length > MAX_CLUSTER_NAME) {
    context.addIssue({
      code: "custom",
      ...says(
        `a DNS-1123 label of at most ${MAX_CLUSTER_NAME} characters`,
        `write ${suggestLabel(name)}`,
      ),
    });
  }
});

const networkName = z
  .string()
  .refine(isDnsLabel, says("a DNS-1123 label", "use lower-case letters, digits and dashes"));

const apiServerUrl = z
  .string()
  .refine(
    (url) => URL.canParse(url) && new URL(url).protocol === "https:",
    says("an https URL", "write the address under which the peers reach the API server"),
  );

/** One cluster of the mesh, as every stack sees it. */
const cluster = z.strictObject({
  name: clusterName.describe("Our name for the cluster; its ID in the mesh"),
  cloud: z
    .enum(CLOUD_NAMES)
    .default("generic")
    .describe("Row of config/clouds: load balancer, storage, metrics, network plug-in, sizes"),
  network: networkName.optional().describe("Network ID; the cluster's name by default"),
  kubernetesVersion: z
    .string()
    .regex(/^v?\d+\.\d+(\..+)?$/)
    .optional()
    .describe("Checked against the support matrix when given"),
  apiServer: apiServerUrl
    .optional()
    .describe("URL under which the peers reach its API server; the kubeconfig's by default"),
});

const days = (fallback: number) => z.int().positive().default(fallback);
const generation = z.int().positive();

/** Certificates of the mesh; see docs/architecture.md for how the generations make rotation possible. */
const pki = z.strictObject({
  keyAlgorithm: z
    .enum(["ECDSA-P256", "ECDSA-P384", "RSA-2048", "RSA-4096"])
    .default("ECDSA-P256")
    .describe("Algorithm of every key"),
  rootDays: days(3650).describe("Validity of a root"),
  intermediateDays: days(730).describe("Validity of an intermediate"),
  renewBeforeDays: days(90).describe("Signed anew by the first `up` within this time of the end"),
  roots: z.tuple([generation], generation).default([1]).describe("Roots that every cluster trusts"),
  signer: generation.optional().describe("The root that signs; the first of `roots` by default"),
  intermediates: z
    .record(z.string(), generation)
    .default({})
    .describe("Generation of a cluster's intermediate; raise it to rotate"),
});

const pem = z
  .string()
  .refine(
    (text) => /-----BEGIN [A-Z ]+-----/.test(text),
    says("a PEM text", "paste the whole file"),
  );

/** The four files of Istio's plug-in CA (istio.io "Plug in CA Certificates"). */
const cacerts = z.strictObject({
  caCert: pem.describe("Certificate by which the cluster's istiod signs"),
  caKey: pem.describe("Its private key"),
  rootCert: pem.describe("Root, or roots, that the cluster trusts"),
  certChain: pem.describe("The certificate first, then what leads to the root"),
});

const values = z.record(z.string(), z.unknown()).default({});

/** Keys of the project's own namespace. */
export const schema = {
  clusters: z
    .array(cluster)
    .min(1)
    .describe("The clusters of the mesh, in order; the same list for every stack"),
  cluster: z.string().default("").describe("Cluster this stack deploys; the stack's name if empty"),
  trustStack: z
    .string()
    .min(1)
    .default("trust")
    .describe("Name of the stack that holds the root key"),
  meshId: networkName.default("mesh1").describe("Mesh ID, the same in every cluster"),
  trustDomain: z
    .string()
    .regex(/^[a-z0-9.-]+$/)
    .default("cluster.local")
    .describe("SPIFFE trust domain, the same in every cluster"),
  istioVersion: z
    .string()
    .regex(/^\d+\.\d+\.\d+/)
    .default("1.31.1")
    .describe("Version of the Istio charts and images"),
  istioCharts: z
    .string()
    .min(1)
    .default("https://blob.istio.io/istio-release/charts")
    .describe("Helm repository, oci:// prefix, or folder that holds Istio's charts"),
  istioHub: z.string().min(1).default("docker.io/istio").describe("Registry of Istio's images"),
  istioTag: z.string().default("").describe("Tag of Istio's images; the version if empty"),
  istioValues: z
    .strictObject({
      base: values.describe("Values of the chart base"),
      istiod: values.describe("Values of the chart istiod"),
      cni: values.describe("Values of the chart cni"),
      gateway: values.describe("Values of the chart gateway, for both gateways"),
      ingressGateway: values.describe("The ingress gateway's own, over those of gateway"),
      eastWestGateway: values.describe("The east-west gateway's own, over those of gateway"),
    })
    .prefault({})
    .describe("Further Helm values per chart and gateway, merged over ours"),
  istioCni: z
    .enum(["none", "install", "existing"])
    .default("none")
    .describe(
      "Let istio-cni lead the pods' traffic to their proxies instead of an init container with NET_ADMIN: install it, or use the cluster's",
    ),
  gatewayApi: z
    .enum(["install", "existing"])
    .default("install")
    .describe("Install the Gateway API CRDs that Istio needs, or use the cluster's"),
  crds: z
    .enum(["delete", "keep"])
    .default("delete")
    .describe(
      "What destroy does to the CRDs of Istio and the Gateway API, and so to every object of their kinds",
    ),
  systemNamespace: z
    .enum(["create", "existing"])
    .default("create")
    .describe("Create istio-system, or label the existing one"),
  storageClass: z
    .enum(["profile", "existing"])
    .default("profile")
    .describe(
      "Create the default StorageClass where the cloud comes without, or use the cluster's",
    ),
  metricsServer: z
    .enum(["profile", "install", "existing", "none"])
    .default("profile")
    .describe(
      "Where autoscaling gets its metrics; none keeps fixed replicas, profile asks the cloud's row",
    ),
  metricsServerValues: values.describe("Further Helm values of the metrics-server we install"),
  ciliumSettings: z
    .enum(["profile", "apply", "leave"])
    .default("profile")
    .describe(
      "Set in the cluster's Cilium what Istio needs, and restart its agent once, or leave it",
    ),
  mtls: z
    .enum(["STRICT", "PERMISSIVE"])
    .default("STRICT")
    .describe("Mode of the mesh-wide PeerAuthentication"),
  mtlsReason: z
    .string()
    .default("")
    .describe("Why mTLS is weaker than STRICT, for the object's readers and the policy pack"),
  connectionSeconds: z
    .int()
    .min(0)
    .max(3600)
    .default(20)
    .describe("How long proxies use one connection, so that gateways can be replaced; 0 for ever"),
  crossNetworkHosts: z
    .array(z.string().regex(/^(\*\.)?[a-z0-9.-]+$/))
    .min(1)
    .default(["*.local"])
    .describe("Hosts that the east-west gateway lets in; narrow to expose less"),
  remoteCredentials: z
    .enum(["read", "ignore"])
    .default("read")
    .describe("ignore stops istiod listing the peers' Secrets; no release works with it yet"),
  pki: pki.prefault({}).describe("Algorithm, lifetimes and generations of the mesh's certificates"),
  allowUnsupportedVersions: z
    .boolean()
    .default(false)
    .describe("Deploy versions outside the support matrix"),
  kubeconfigs: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe("Kubeconfig (text, as a secret, or path) per cluster: this one and its peers"),
  remoteKubeconfigs: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe(
      "Ready-made reader kubeconfigs of peers on which this stack creates nothing (secret)",
    ),
  cacerts: cacerts
    .partial()
    .default({})
    .describe(
      "Your own caCert, caKey, rootCert and certChain instead of the trust stack's (secret)",
    ),
  bookinfo: bookinfo
    .prefault({})
    .describe("The Bookinfo sample: where its parts run, and how the reviews' traffic is split"),
  firstSteps: firstSteps
    .prefault({})
    .describe("The objects that Kubernetes begins with, around one small application"),
  https: https
    .prefault({})
    .describe("Who signs the certificates of public hosts, and where cert-manager comes from"),
  clova: clova.prefault({}).describe("The Clova extension: its host, and where it runs"),
  theater: theater
    .prefault({})
    .describe("The theater: where its parts run, and how its traffic is divided"),
  theaterRedisPassword: z
    .string()
    .regex(/^$|^[A-Za-z0-9]{16,}$/)
    .default("")
    .describe("Password of the theater's redis instead of the trust stack's (secret)"),
  theaterControlToken: z
    .string()
    .regex(/^$|^[A-Za-z0-9]{32,}$/)
    .default("")
    .describe(
      "Token of the page's traffic and scenario buttons, which are off without it (secret)",
    ),
  observability: observability
    .prefault({})
    .describe("Metrics, alerts, traces and dashboards: what runs, where, and from which charts"),
  echo: z.boolean().default(false).describe("Deploy the echo service that `check` calls"),
  echoImage: z
    .string()
    .default("istio-multicloud/echo:0.1.0")
    .describe("Image of the echo service"),
} as const;

export type Schema = typeof schema;
export type Key = keyof Schema;

/** Keys whose values must be encrypted in a stack's file. */
export const SECRET_KEYS: readonly Key[] = [
  "kubeconfigs",
  "remoteKubeconfigs",
  "cacerts",
  "theaterRedisPassword",
  "theaterControlToken",
];

/** What the keys hold once every default is filled in. */
export type RawConfig = { readonly [K in Key]: z.output<Schema[K]> };
export type ClusterEntry = RawConfig["clusters"][number];
export type PkiConfig = RawConfig["pki"];
