import { changeOf, holds, type VirtualService } from "../../routing/change";
import { sharesOf, type Shares } from "../../routing/rules";
import { ApiError, type KubeApi } from "./kube-api";
import { routePath } from "./paths";

/** How one of the services is divided, as the VirtualService of the gateway's cluster has it now. */
export type RouteView =
  | {
      readonly state: "known";
      /** Percentages by cluster. */
      readonly shares: Shares;
      /** What the page changed for a while, and until when (RFC 3339). */
      readonly change?: { readonly what: string; readonly until: string };
    }
  /** `missing` where there is no VirtualService, `unconfigured` where this gateway may not look. */
  | { readonly state: "unknown" | "unconfigured" | "unreachable" | "forbidden" | "missing" };

/** Asks the gateway's cluster how one service is divided, and remembers what it said. */
export class RouteWatch {
  private seen: RouteView;

  /** @param api nothing where this gateway may not look */
  constructor(
    private readonly service: string,
    private readonly api: KubeApi | undefined,
  ) {
    this.seen = { state: api === undefined ? "unconfigured" : "unknown" };
  }

  get view(): RouteView {
    return this.seen;
  }

  async refresh(): Promise<void> {
    if (this.api === undefined) {
      return;
    }
    try {
      this.seen = routeView((await this.api.get(routePath(this.service))) as VirtualService);
    } catch (error) {
      const failure = error instanceof ApiError ? error.failure : "unreachable";
      this.seen = {
        state: failure === "forbidden" || failure === "missing" ? failure : "unreachable",
      };
    }
  }
}

/** What the page shows of a VirtualService. */
export function routeView(live: VirtualService): RouteView {
  const change = changeOf(live);
  return {
    state: "known",
    shares: sharesOf(live.spec.http),
    ...(change !== undefined &&
      holds(live, change) && { change: { what: change.what, until: change.until } }),
  };
}
