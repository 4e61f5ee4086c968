import { ApiError, type ApiFailure, type KubeApi } from "./kube-api";
import { podsOf, type PodList, type PodView } from "./pods";
import { PODS_PATH } from "./paths";

/**
 * What is known of a cluster: `unknown` until it is asked the first time, `unconfigured` where this
 * gateway was given no access to it, `forbidden` where its API refuses it.
 */
export type ClusterState = "reachable" | "unreachable" | "forbidden" | "unconfigured" | "unknown";

/** A cluster as the page shows it. */
export interface ClusterView {
  readonly name: string;
  readonly state: ClusterState;
  /** When it came to be so (RFC 3339). */
  readonly since: string;
  /** The last ones seen. */
  readonly pods: readonly PodView[];
}

/** Asks one cluster for its pods, and remembers what it said. */
export class ClusterWatch {
  private state: ClusterState;
  private since = Date.now();
  private heard = -Infinity;
  private pods: readonly PodView[] = [];
  private asking: Promise<void> | undefined;

  /**
   * @param api nothing where this gateway has no access
   * @param patience milliseconds without an answer after which the cluster is gone: one that is
   * missing may be chance
   */
  constructor(
    private readonly name: string,
    private readonly api: KubeApi | undefined,
    private readonly patience: number,
  ) {
    this.state = api === undefined ? "unconfigured" : "unknown";
  }

  get view(): ClusterView {
    const { name, state, pods } = this;
    return { name, state, since: new Date(this.since).toISOString(), pods };
  }

  /** Asks once more, unless it is being asked. */
  refresh(): Promise<void> {
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  close(): void {
    this.api?.close();
  }

  private async ask(): Promise<void> {
    if (this.api === undefined) {
      return;
    }
    try {
      this.pods = podsOf((await this.api.get(PODS_PATH)) as PodList);
      this.heard = Date.now();
      this.become("reachable");
    } catch (error) {
      const next = nextState(
        this.state,
        error instanceof ApiError ? error.failure : "unreachable",
        Date.now() - this.heard > this.patience,
      );
      this.become(next);
    }
  }

  private become(state: ClusterState): void {
    if (state !== this.state) {
      this.state = state;
      this.since = Date.now();
    }
  }
}

/** @param isGone whether the cluster was silent for too long */
export function nextState(state: ClusterState, failure: ApiFailure, isGone: boolean): ClusterState {
  if (failure === "forbidden") {
    return "forbidden";
  }
  return state === "reachable" && !isGone ? state : "unreachable";
}
