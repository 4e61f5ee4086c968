import type { KubeClient } from "../../../kube/client";
import { Unseen } from "../../check/facts";
import { see } from "../../check/gather/see";
import type { ClusterApi } from "../../preflight/cluster-api";
import { pathOf, type Sink } from "../entry";

/** One cluster and the ways into it. */
export interface Source {
  readonly cluster: string;
  readonly api: ClusterApi;
  readonly client: () => Promise<KubeClient>;
}

/** One cluster's part of a bundle. */
export class ClusterFolder {
  constructor(
    readonly source: Source,
    private readonly sink: Sink,
    private readonly signal: AbortSignal,
  ) {}

  /** @param path below the cluster's folder, part by part */
  add(path: readonly string[], content: unknown): void {
    this.sink.add(pathOf("clusters", this.source.cluster, ...path), content);
  }

  leaveOut(what: string, why: string): void {
    this.sink.leaveOut(`${this.source.cluster}: ${what}`, why);
  }

  /** What came of a look; where nothing did, the manifest says why. */
  async read<T>(what: string, look: Promise<T>): Promise<T | undefined> {
    const found = await see(look);
    this.signal.throwIfAborted();
    if (found instanceof Unseen) {
      this.leaveOut(what, found.message);
      return undefined;
    }
    return found;
  }
}
