import { clusterFiles } from "./cluster/layout";
import { mergeValues } from "../components/helm/merge-values";
import { countingEnvoyValues, envoyJob } from "./envoy-metrics";
import { acmeRoots, adminKubeconfig, cekKeys } from "./paths";
import { ACME_DIRECTORY, PUBLIC_DOMAIN, type LabCluster } from "./topology";

/** What the lab's stacks take from its cache. */
export interface LabParts {
  /** Folder of Istio's charts. */
  readonly charts: string;
  readonly istioVersion: string;
  readonly kubernetesVersion: string;
  /** Full reference of the echo service's image. */
  readonly echoImage: string;
  /** Of what stands in for Bookinfo's images; nothing where the lab goes without Bookinfo. */
  readonly bookinfoImage: string | undefined;
  /** Of the first steps' application; nothing where the lab goes without. */
  readonly helloImage: string | undefined;
  /** What a public host takes, where the lab has one. */
  readonly https: HttpsParts | undefined;
  /** Full references of the theater's images, by service, where the lab has a theater. */
  readonly theater: Readonly<Record<string, string>> | undefined;
  /** Nothing where the lab doesn't observe its mesh. */
  readonly observability: ObservabilityParts | undefined;
}

/** What the lab observes its mesh with. */
export interface ObservabilityParts {
  /** Folder of the charts that the lab has. */
  readonly charts: string;
  readonly jaegerImage: string;
  readonly stateMetricsVersion: string;
}

export interface HttpsParts {
  readonly clovaImage: string;
  /** Version and folder of cert-manager's chart. */
  readonly certManager: { readonly version: string; readonly charts: string };
}

/** The stacks of a mesh of these clusters: `trust` first, then one per cluster. */
export const stackNames = (clusters: readonly LabCluster[]): string[] => [
  TRUST_STACK,
  ...clusters.map(({ name }) => name),
];

export const TRUST_STACK = "trust";

/** Public host of the Clova extension; it enters through the first cluster. */
export const CLOVA_HOST = `clova.${PUBLIC_DOMAIN}`;
/** What the requests to the lab's Clova extension have to be meant for. */
export const CLOVA_APPLICATION_ID = "com.example.mrdebugger";

/**
 * Configuration of one of the lab's stacks: what a `Pulumi.<stack>.yaml` would say. The program is
 * told nothing of the lab but this.
 */
export function labStackConfig(
  stack: string,
  clusters: readonly LabCluster[],
  parts: LabParts,
): Record<string, unknown> {
  const mesh = {
    ...(parts.theater !== undefined && {
      "mesh:theater": theater(parts.theater, clusters),
      "mesh:theaterControlToken": THEATER_CONTROL_TOKEN,
    }),
    "mesh:clusters": clusters.map(({ name, apiServer }) => ({
      name,
      cloud: "lab",
      kubernetesVersion: parts.kubernetesVersion,
      apiServer,
    })),
    "mesh:istioVersion": parts.istioVersion,
  };
  return stack === TRUST_STACK
    ? mesh
    : {
        ...mesh,
        "mesh:istioCharts": parts.charts,
        "mesh:istioCni": "install",
        "mesh:istioValues": {
          ...(parts.observability === undefined
            ? UPSTREAM_ENVOY_VALUES
            : mergeValues(UPSTREAM_ENVOY_VALUES, { istiod: countingEnvoyValues(stack) })),
          cni: cniFolders(stack),
        },
        ...(parts.observability !== undefined && {
          "mesh:observability": labObservability(stack, parts.observability),
        }),
        "mesh:kubeconfigs": Object.fromEntries(
          clusters.map(({ name }) => [name, adminKubeconfig(name)]),
        ),
        ...(parts.bookinfoImage !== undefined && {
          "mesh:bookinfo": labBookinfo(parts.bookinfoImage),
        }),
        ...(parts.helloImage !== undefined && {
          "mesh:firstSteps": {
            enabled: true,
            host: HELLO_HOST,
            image: parts.helloImage,
            // Its image can't be pulled here.
            dashboard: false,
          },
        }),
        ...(parts.https !== undefined && publicHost(stack, parts.https)),
        "mesh:echo": true,
        "mesh:echoImage": parts.echoImage,
      };
}

/** Public host of Bookinfo's product page; it enters through the first cluster. */
export const BOOKINFO_HOST = `bookinfo.${PUBLIC_DOMAIN}`;

/** Host of the first steps' Ingress. */
export const HELLO_HOST = `hello.${PUBLIC_DOMAIN}`;

/** One image of ours is all of Bookinfo's: it goes by SERVICE_NAME. */
const labBookinfo = (image: string) => ({
  enabled: true,
  host: BOOKINFO_HOST,
  // A public certificate authority knows nothing of this domain.
  entry: "http",
  images: {
    productpage: image,
    details: image,
    ratings: image,
    "reviews-v1": image,
    "reviews-v2": image,
    "reviews-v3": image,
    client: image,
  },
});

/**
 * The lab's proxy is the Envoy of its own project, without the filters that Istio's build adds:
 * these settings keep istiod from asking for them. What is lost are the `istio_*` metrics.
 */
const UPSTREAM_ENVOY_VALUES = {
  istiod: {
    telemetry: { enabled: false },
    meshConfig: { enableTracing: false },
    env: { PILOT_ENABLE_METADATA_EXCHANGE: "false", PILOT_ENABLE_ALPN_FILTER: "false" },
  },
};

/** A node is a namespace of this machine: its CNI folders are not where a machine has them. */
function cniFolders(cluster: string): Record<string, string> {
  const { cniConfig, cniPlugins } = clusterFiles(cluster);
  return { cniBinDir: cniPlugins, cniConfDir: cniConfig };
}

/** Token of the buttons of the theater's page: the lab is for trying them, and nobody else's. */
export const THEATER_CONTROL_TOKEN = "lab0lab0lab0lab0lab0lab0lab0lab0";

/**
 * Short times, so that a test doesn't wait for minutes, and every request traced. Grafana and Kiali
 * can't be built here.
 */
const labObservability = (
  stack: string,
  { charts, jaegerImage, stateMetricsVersion }: ObservabilityParts,
): Record<string, unknown> => ({
  enabled: true,
  scrapeSeconds: 5,
  alerts: { forSeconds: 5 },
  prometheus: {
    charts,
    storage: "none",
    values: {
      extraScrapeConfigs: `- ${JSON.stringify(envoyJob(stack))}\n`,
      "kube-state-metrics": { image: { tag: `v${stateMetricsVersion}` } },
    },
  },
  tracing: { image: jaegerImage, samplingPercent: 100 },
  grafana: { enabled: false },
  kiali: { enabled: false },
});

/** Whatever host the gateway's address is called by: there is no domain to own here. */
const theater = (
  images: Readonly<Record<string, string>>,
  clusters: readonly LabCluster[],
): Record<string, unknown> => ({
  enabled: true,
  host: "*",
  entry: "http",
  replicas: 1,
  placement: { "api-gateway": clusters.map(({ name }) => name) },
  images,
});

const publicHost = (
  stack: string,
  { clovaImage, certManager }: HttpsParts,
): Record<string, unknown> => ({
  "mesh:https": {
    issuer: ACME_DIRECTORY,
    caBundle: acmeRoots(stack),
    email: `operator@${PUBLIC_DOMAIN}`,
    certManager,
  },
  "mesh:clova": {
    host: CLOVA_HOST,
    applicationId: CLOVA_APPLICATION_ID,
    signatureKey: cekKeys.publicKey,
    image: clovaImage,
    replicas: 1,
  },
});
