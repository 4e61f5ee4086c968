import { certManagerTag, VERSIONS } from "./versions";

/** One Go module of this folder (`go/<id>`): what is built from it in a single `go build`. */
export interface GoModule {
  readonly id: "kubernetes" | "istio" | "cert-manager" | "prometheus" | "jaeger";
  readonly title: string;
  /** What is built from it, by name and version. */
  readonly contents: string;
  readonly version: string;
  /** Packages with a `main`, each giving the binary named like the last part of its path. */
  readonly packages: readonly string[];
  /** Build constraints that choose what of its sources is compiled. */
  readonly tags?: readonly string[];
  /** Variables that the linker sets, so that binaries report the version that they are. */
  readonly variables: Readonly<Record<string, string>>;
  /** Files kept from the sources of a module: path in the module ⇒ path in the cache entry. */
  readonly sources?: {
    readonly module: string;
    readonly files: Readonly<Record<string, string>>;
    /** What the release process would write into the `charts/` among them. */
    readonly chartVersion: string;
  };
  readonly expectedSeconds: { readonly modules: number; readonly binaries: number };
  readonly diskMebibytes: { readonly modules: number; readonly binaries: number };
}

const [major, minor] = VERSIONS.kubernetes.split(".") as [string, string];

/**
 * Helm and CoreDNS are built in the module of Kubernetes so that the k8s.io packages, most of the
 * work, are compiled once; that is why their versions follow the one of Kubernetes.
 */
export const KUBERNETES: GoModule = {
  id: "kubernetes",
  title: "Kubernetes",
  contents: `Kubernetes ${VERSIONS.kubernetes}, Helm ${VERSIONS.helm} and CoreDNS ${VERSIONS.coredns}`,
  version: VERSIONS.kubernetes,
  packages: [
    "k8s.io/kubernetes/cmd/kube-apiserver",
    "k8s.io/kubernetes/cmd/kube-controller-manager",
    "k8s.io/kubernetes/cmd/kube-scheduler",
    "k8s.io/kubernetes/cmd/kubelet",
    "k8s.io/kubernetes/cmd/kube-proxy",
    "k8s.io/kubernetes/cmd/kubectl",
    "helm.sh/helm/v3/cmd/helm",
    "./coredns",
    "./pause",
  ],
  variables: {
    "k8s.io/component-base/version.gitVersion": `v${VERSIONS.kubernetes}`,
    "k8s.io/component-base/version.gitMajor": major,
    "k8s.io/component-base/version.gitMinor": minor,
    "k8s.io/client-go/pkg/version.gitVersion": `v${VERSIONS.kubernetes}`,
    "k8s.io/client-go/pkg/version.gitMajor": major,
    "k8s.io/client-go/pkg/version.gitMinor": minor,
    "helm.sh/helm/v3/internal/version.version": `v${VERSIONS.helm}`,
    // Like Helm's own Makefile: what templates see as .Capabilities.KubeVersion without a cluster.
    "helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor": major,
    "helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor": minor,
  },
  expectedSeconds: { modules: 30, binaries: 300 },
  diskMebibytes: { modules: 2500, binaries: 2800 },
};

export const ISTIO: GoModule = {
  id: "istio",
  title: "Istio",
  contents: `istiod, pilot-agent and istio-cni ${VERSIONS.istio}`,
  version: VERSIONS.istio,
  packages: [
    "istio.io/istio/pilot/cmd/pilot-discovery",
    "istio.io/istio/pilot/cmd/pilot-agent",
    "istio.io/istio/cni/cmd/install-cni",
    "istio.io/istio/cni/cmd/istio-cni",
  ],
  variables: {
    "istio.io/istio/pkg/version.buildVersion": VERSIONS.istio,
    "istio.io/istio/pkg/version.buildTag": VERSIONS.istio,
    "istio.io/istio/pkg/version.buildStatus": "Clean",
    "istio.io/istio/pkg/version.buildHub": "docker.io/istio",
  },
  sources: {
    module: "istio.io/istio",
    files: {
      "manifests/charts/base": "charts/base",
      "manifests/charts/istio-control/istio-discovery": "charts/istiod",
      "manifests/charts/gateway": "charts/gateway",
      "manifests/charts/istio-cni": "charts/cni",
      "tools/packaging/common/envoy_bootstrap.json": "envoy_bootstrap.json",
    },
    chartVersion: VERSIONS.istio,
  },
  expectedSeconds: { modules: 30, binaries: 220 },
  diskMebibytes: { modules: 1500, binaries: 2000 },
};

/**
 * The programs are our own mains around cert-manager's packages: its release's mains are modules
 * inside its repository that bear other names than their folders, so no proxy serves them.
 */
export const CERT_MANAGER: GoModule = {
  id: "cert-manager",
  title: "cert-manager",
  contents: `cert-manager ${VERSIONS.certManager} and the ACME server Pebble ${VERSIONS.pebble}`,
  version: VERSIONS.certManager,
  packages: [
    "./acmesolver",
    "./cainjector",
    "./controller",
    "./startupapicheck",
    "./webhook",
    "github.com/letsencrypt/pebble/v2/cmd/pebble",
  ],
  variables: { "github.com/cert-manager/cert-manager/pkg/util.AppVersion": certManagerTag },
  sources: {
    module: "github.com/cert-manager/cert-manager",
    files: { "deploy/charts/cert-manager": "charts/cert-manager" },
    chartVersion: certManagerTag,
  },
  expectedSeconds: { modules: 20, binaries: 200 },
  diskMebibytes: { modules: 500, binaries: 900 },
};

/** Of the ways to discover targets only the one by Kubernetes: the others are clients of every cloud. */
export const PROMETHEUS: GoModule = {
  id: "prometheus",
  title: "Prometheus",
  contents: `Prometheus ${VERSIONS.prometheus} and kube-state-metrics ${VERSIONS.kubeStateMetrics}`,
  version: VERSIONS.prometheus,
  packages: ["github.com/prometheus/prometheus/cmd/prometheus", "k8s.io/kube-state-metrics/v2"],
  tags: ["remove_all_sd", "enable_kubernetes_sd"],
  variables: { "github.com/prometheus/common/version.Version": VERSIONS.prometheus },
  expectedSeconds: { modules: 30, binaries: 150 },
  diskMebibytes: { modules: 800, binaries: 1200 },
};

/** Version 2, which is an OpenTelemetry Collector with all of Jaeger's storages: no part of it can be left out. */
export const JAEGER: GoModule = {
  id: "jaeger",
  title: "Jaeger",
  contents: `Jaeger ${VERSIONS.jaeger}`,
  version: VERSIONS.jaeger,
  packages: ["github.com/jaegertracing/jaeger/cmd/jaeger"],
  variables: {
    "github.com/jaegertracing/jaeger/internal/version.latestVersion": `v${VERSIONS.jaeger}`,
  },
  expectedSeconds: { modules: 40, binaries: 240 },
  diskMebibytes: { modules: 1200, binaries: 1600 },
};

export const GO_MODULES: readonly GoModule[] = [
  KUBERNETES,
  ISTIO,
  CERT_MANAGER,
  PROMETHEUS,
  JAEGER,
];
