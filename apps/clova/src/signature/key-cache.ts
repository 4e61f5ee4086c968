import type { KeyObject } from "node:crypto";
import type { KeyLoader, LoadedKeys } from "./key-loader";

const SECOND = 1000;

export interface KeyCacheOptions {
  /** Keys older than this are loaded anew, while the old ones are still in use; milliseconds. */
  readonly timeToLive: number;
  /** Told of every load that failed, with the sentence that says why. */
  readonly onFailure: (reason: string) => void;
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number;
}

/** No request makes us load keys that we have more often than this, forged ones included. */
const SHORTEST_INTERVAL = 60 * SECOND;
/** Without any key the pause after a failure begins here, and doubles up to the longest. */
const FIRST_RETRY = SECOND;
const LONGEST_RETRY = 15 * SECOND;

/**
 * The keys that sign requests, kept once they are loaded. There are no timers: whoever asks for the
 * keys, such as the readiness probe, also causes the next load when its time has come.
 */
export class KeyCache {
  private loaded: LoadedKeys | undefined;
  private loading: Promise<void> | undefined;
  private failures = 0;
  private notBefore = -Infinity;
  private lastAttempt = -Infinity;
  private readonly now: () => number;

  constructor(
    private readonly load: KeyLoader,
    private readonly options: KeyCacheOptions,
  ) {
    this.now = options.now ?? (() => performance.now());
  }

  /** The keys, without waiting; undefined when none was ever loaded. */
  current(): readonly KeyObject[] | undefined {
    if (this.now() >= this.notBefore) {
      void this.attempt();
    }
    return this.loaded?.keys;
  }

  /** The keys; waits for a load under way when there are none. */
  async obtain(): Promise<readonly KeyObject[] | undefined> {
    const keys = this.current();
    if (keys !== undefined) {
      return keys;
    }
    await this.loading;
    return this.loaded?.keys;
  }

  /**
   * Keys that replace `known`, by which a signature was wrong: perhaps because the signer has a new
   * key, more likely because the request is forged.
   *
   * @returns nothing when there are no others, or when it is too early to look again
   */
  async replacing(known: readonly KeyObject[]): Promise<readonly KeyObject[] | undefined> {
    if (this.loading === undefined && this.now() >= this.lastAttempt + SHORTEST_INTERVAL) {
      void this.attempt();
    }
    await this.loading;
    const keys = this.loaded?.keys;
    return keys === known ? undefined : keys;
  }

  private attempt(): Promise<void> {
    this.loading ??= this.refresh().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async refresh(): Promise<void> {
    this.lastAttempt = this.now();
    try {
      this.loaded = await this.load(this.loaded);
      this.failures = 0;
      this.notBefore = this.now() + this.options.timeToLive;
    } catch (error) {
      this.failures++;
      const pause =
        this.loaded === undefined
          ? Math.min(FIRST_RETRY * 2 ** (this.failures - 1), LONGEST_RETRY)
          : SHORTEST_INTERVAL;
      this.notBefore = this.now() + pause;
      this.options.onFailure(error instanceof Error ? error.message : String(error));
    }
  }
}
