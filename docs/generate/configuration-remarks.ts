import type { Remarks } from "./schema-rows";

/** What docs/configuration.md says of a key or property beyond its description in the schema. */
export const REMARKS: Remarks = {
  types: {
    meshId: "DNS label",
    connectionSeconds: "seconds, at most 3600",
    istioVersion: "version",
    "crossNetworkHosts[]": "hosts",
    "clusters.name": "DNS label, at most 43 characters",
    "clusters.network": "DNS label",
    "clusters.kubernetesVersion": "version",
    "clusters.apiServer": "https URL",
    "pki.rootDays": "days",
    "pki.intermediateDays": "days",
    "pki.renewBeforeDays": "days",
    "pki.roots": "list of generations",
    "pki.signer": "generation",
    "pki.intermediates": "object, generation by cluster",
    "cacerts.caCert": "PEM text",
    "cacerts.caKey": "PEM text",
    "cacerts.rootCert": "PEM text",
    "cacerts.certChain": "PEM text",
  },
  defaults: {
    clusters: "`ncloud`, `nhn`",
    cluster: "the stack's name",
    istioTag: "the version",
    cacerts: "the trust stack's",
    "clusters.network": "the name",
    "clusters.kubernetesVersion": "not checked",
    "clusters.apiServer": "the kubeconfig's",
    "pki.signer": "the first root",
    "pki.intermediates": "1 each",
  },
  notes: {
    trustStack: "`organization/project/stack` if it is elsewhere",
    istioCharts: "The folder holds `base`, `istiod` and `gateway`, unpacked",
    crds: "`keep` also takes over Istio CRDs that are there already; see [Destroy](architecture.md#destroy)",
    storageClass: "See [Storage](clouds.md#storage)",
    metricsServer: "See [Metrics](clouds.md#metrics)",
    ciliumSettings: "See [Network plug-ins](clouds.md#network-plug-ins)",
    mtlsReason:
      "Becomes the annotation `mesh/reason`, without which the [policy](policies.md) `strict-mtls` refuses it",
    connectionSeconds: "See [Gateways](clouds.md#gateways)",
    kubeconfigs: "A path begins with `/`, `./` or `~/`",
    echoImage: "`apps/echo/Dockerfile` makes it",
    "clusters.cloud": "See [Clouds](clouds.md)",
    "clusters.network": "No two clusters may share one",
    "pki.roots":
      "In the order of `root-cert.pem`; see [Certificates](architecture.md#certificates)",
  },
};
