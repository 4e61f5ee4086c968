import type { CoreV1Api, KubeConfig, KubernetesObjectApi } from "@kubernetes/client-node";

/** Access to one cluster as one user. */
export interface KubeClient {
  readonly config: KubeConfig;
  readonly objects: KubernetesObjectApi;
  readonly core: CoreV1Api;
}

/** A client for the cluster and user that a kubeconfig file names. */
export const clientFor = (file: string): Promise<KubeClient> =>
  client((config) => config.loadFromFile(file));

/** A client for the cluster and user that the current context of a kubeconfig's text names. */
export const clientFromText = (kubeconfig: string): Promise<KubeClient> =>
  client((config) => config.loadFromString(kubeconfig));

async function client(load: (config: KubeConfig) => void): Promise<KubeClient> {
  // Loaded when needed: parsing it takes longer than most commands.
  const kubernetes = await import("@kubernetes/client-node");
  const config = new kubernetes.KubeConfig();
  load(config);
  return {
    config,
    objects: kubernetes.KubernetesObjectApi.makeApiClient(config),
    core: config.makeApiClient(kubernetes.CoreV1Api),
  };
}
