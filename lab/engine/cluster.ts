import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kubeconfigFor, type ClusterAccess } from "./cluster-access";
import { digest } from "../../config/json";
import { KubeClient } from "./kube-client";

/** What a `kubernetes.Provider` says about its cluster; kept in the state as the provider's memo. */
export interface ProviderSettings {
  /** The name of messages and folders: `clusterIdentifier`, else the provider's own name. */
  readonly cluster: string;
  readonly access: ClusterAccess;
  /** Namespace of namespaced objects that name none. */
  readonly namespace: string;
  /** Adopt objects that exist already and are nobody's here (`upsertExistingObjects`). */
  readonly adopt: boolean;
  /** Patches take over fields that others manage (`enablePatchForce`). */
  readonly forcePatches: boolean;
}

/** One cluster during one run. */
export interface Cluster {
  readonly name: string;
  readonly settings: ProviderSettings;
  readonly client: KubeClient;
  /** Path of a kubeconfig for helm, which takes no text. */
  readonly kubeconfigFile: () => string;
}

/** The clusters that a run works with, connected when they are first asked for. */
export class Clusters {
  readonly #clusters = new Map<string, Cluster>();

  /** @param scratchDir folder for kubeconfig files, removed by whoever made it */
  constructor(
    private readonly scratchDir: string,
    private readonly signal: AbortSignal,
  ) {}

  get(settings: ProviderSettings): Cluster {
    const key = digest(settings);
    const known = this.#clusters.get(key);
    if (known !== undefined) {
      return known;
    }
    let file: string | undefined;
    const cluster: Cluster = {
      name: settings.cluster,
      settings,
      client: new KubeClient(settings.cluster, settings.access, { signal: this.signal }),
      // Once: a helm that runs beside would find the file empty while it is written again.
      kubeconfigFile: () => (file ??= this.#writeKubeconfig(settings, key)),
    };
    this.#clusters.set(key, cluster);
    return cluster;
  }

  #writeKubeconfig({ cluster, access }: ProviderSettings, key: string): string {
    const file = join(this.scratchDir, `${cluster}-${key.slice(0, 8)}.kubeconfig`);
    mkdirSync(this.scratchDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, kubeconfigFor(access), { mode: 0o600 });
    return file;
  }

  close(): void {
    this.#clusters.forEach(({ client }) => client.close());
  }
}
