import { createHash } from "node:crypto";
import type { UpstreamName } from "../settings";
import type { ClusterView, ClusterWatch } from "./cluster-watch";
import type { Flows, FlowView } from "./flows";
import type { RouteView, RouteWatch } from "./route-watch";

/** What the page shows of the mesh. */
export interface Snapshot {
  /** The gateway's pod that says so. */
  readonly gateway: { readonly cluster: string; readonly pod: string };
  /** Every cluster of the mesh, in its order; none where the topology is off. */
  readonly clusters: readonly ClusterView[];
  readonly services: Readonly<
    Record<UpstreamName, { readonly route: RouteView; readonly flows: readonly FlowView[] }>
  >;
  /** What a holder of the token may do; nothing where that is off. */
  readonly scenarios: readonly string[];
}

export interface LiveParts {
  /** How often the clusters are asked while somebody looks; flows are told of twice as often. */
  readonly refreshMilliseconds: number;
  readonly gateway: Snapshot["gateway"];
  readonly clusters: readonly ClusterWatch[];
  readonly services: Readonly<
    Record<UpstreamName, { readonly route: RouteWatch; readonly flows: Flows }>
  >;
  readonly scenarios: readonly string[];
}

type Listener = (snapshot: Snapshot, id: string) => void;

/** What goes on in the mesh, asked for only while somebody looks. */
export class Live {
  private readonly listeners = new Set<Listener>();
  private timers: NodeJS.Timeout[] = [];
  private told = "";
  private asked = -Infinity;

  constructor(private readonly parts: LiveParts) {}

  /** As it is known now. */
  snapshot(): Snapshot {
    const { gateway, clusters, services, scenarios } = this.parts;
    const one = (name: UpstreamName) => ({
      route: services[name].route.view,
      flows: services[name].flows.view(),
    });
    return {
      gateway,
      clusters: clusters.map(({ view }) => view),
      services: { users: one("users"), movies: one("movies"), bookings: one("bookings") },
      scenarios,
    };
  }

  /** As it is known after asking the clusters, where that was some time ago. */
  async fresh(): Promise<Snapshot> {
    if (performance.now() - this.asked > this.parts.refreshMilliseconds) {
      await this.ask();
    }
    return this.snapshot();
  }

  /** @returns ends it */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    if (this.listeners.size === 1) {
      const { refreshMilliseconds } = this.parts;
      void this.ask();
      this.timers = [
        setInterval(() => void this.ask(), refreshMilliseconds),
        setInterval(() => this.tell(), refreshMilliseconds / 2),
      ];
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) {
        this.timers.forEach(clearInterval);
      }
    };
  }

  /** Asks the clusters now, and tells at once what is new. */
  async ask(): Promise<void> {
    this.asked = performance.now();
    const { clusters, services } = this.parts;
    // One that is silent keeps nobody else waiting.
    await Promise.all(
      [...clusters, ...Object.values(services).map(({ route }) => route)].map((watch) =>
        watch.refresh().then(() => this.tell()),
      ),
    );
  }

  close(): void {
    this.timers.forEach(clearInterval);
    this.parts.clusters.forEach((cluster) => cluster.close());
  }

  private tell(): void {
    if (this.listeners.size === 0) {
      return;
    }
    const snapshot = this.snapshot();
    const id = idOf(snapshot);
    if (id !== this.told) {
      this.told = id;
      this.listeners.forEach((listener) => listener(snapshot, id));
    }
  }
}

/** The same for the same snapshot of the same pod. */
export const idOf = (snapshot: Snapshot): string =>
  createHash("sha256").update(JSON.stringify(snapshot)).digest("base64url").slice(0, 16);
