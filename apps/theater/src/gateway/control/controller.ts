import type { FastifyBaseLogger } from "fastify";
import { changed, isOver, restored, type VirtualService } from "../../routing/change";
import type { Rule } from "../../routing/rules";
import { ApiError } from "../live/kube-api";
import type { RouteStore } from "./route-store";

/** Somebody else may write at the same time, another pod of this gateway among them. */
const ATTEMPTS = 3;

/**
 * Changes how the theater's requests are routed, for a while.
 *
 * What was before stands on the changed object itself: whichever pod of the gateway is alive when the
 * time is over takes the change back, also one that was started since.
 */
export class Controller {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: RouteStore,
    private readonly services: readonly string[],
  ) {}

  /**
   * Takes back what is over, from now on.
   *
   * @param milliseconds how often changes are looked at
   */
  start(milliseconds: number, log: FastifyBaseLogger): void {
    this.timer = setInterval(() => {
      this.restore(({ isOver }) => isOver).then(
        (names) => names.length > 0 && log.info({ services: names }, "changes are over"),
        (error) => log.warn({ err: error as unknown }, "changes could not be looked at"),
      );
    }, milliseconds);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** @throws ApiError */
  async read(service: string): Promise<VirtualService> {
    return this.store.read(service);
  }

  /**
   * Changes some services, all of them or none.
   *
   * @param make by service, rules from those without a change
   * @throws ApiError
   */
  async change(
    what: string,
    until: Date,
    make: Readonly<Record<string, (rules: readonly Rule[]) => readonly Rule[]>>,
  ): Promise<void> {
    const done: string[] = [];
    try {
      for (const [service, of] of Object.entries(make)) {
        await this.update(service, (live) => changed(live, what, until, of));
        done.push(service);
      }
    } catch (error) {
      for (const service of done) {
        // What can't be taken back now ends by its time.
        await this.update(service, restored).catch(() => undefined);
      }
      throw error;
    }
  }

  /**
   * Takes changes back.
   *
   * @param which all of them by default
   * @returns the services that were changed
   * @throws ApiError
   */
  async restore(which: (change: { isOver: boolean }) => boolean = () => true): Promise<string[]> {
    const names: string[] = [];
    for (const service of this.services) {
      const wrote = await this.update(service, (live) =>
        which({ isOver: isOver(live, Date.now()) }) ? restored(live) : undefined,
      );
      if (wrote) {
        names.push(service);
      }
    }
    return names;
  }

  /** Reads and writes until nobody else came between. @returns whether anything was written */
  private async update(
    service: string,
    next: (live: VirtualService) => VirtualService | undefined,
  ): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const wanted = next(await this.store.read(service));
      if (wanted === undefined) {
        return false;
      }
      try {
        await this.store.write(service, wanted);
        return true;
      } catch (error) {
        if (attempt === ATTEMPTS || !(error instanceof ApiError && error.failure === "conflict")) {
          throw error;
        }
      }
    }
  }
}
