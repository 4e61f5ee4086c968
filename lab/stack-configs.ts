import { adminKubeconfig } from "./paths";
import type { LabCluster } from "./topology";

/** What the lab's stacks take from its cache. */
export interface LabParts {
  /** Folder of Istio's charts. */
  readonly charts: string;
  readonly istioVersion: string;
  readonly kubernetesVersion: string;
  /** Full reference of the echo service's image. */
  readonly echoImage: string;
}

/** The stacks of a mesh of these clusters: `trust` first, then one per cluster. */
export const stackNames = (clusters: readonly LabCluster[]): string[] => [
  TRUST_STACK,
  ...clusters.map(({ name }) => name),
];

export const TRUST_STACK = "trust";

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
        "mesh:istioValues": UPSTREAM_ENVOY_VALUES,
        "mesh:kubeconfigs": Object.fromEntries(
          clusters.map(({ name }) => [name, adminKubeconfig(name)]),
        ),
        "mesh:echo": true,
        "mesh:echoImage": parts.echoImage,
      };
}

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
