import { setTimeout as sleep } from "node:timers/promises";

export interface WaitOptions {
  readonly timeoutMs: number;
  /** Default 200. */
  readonly intervalMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls `check` until it returns something other than `undefined` or `false`, and returns that.
 *
 * An error of `check` counts as "not yet" and is told when the time is over, unless it is {@link Fatal}.
 *
 * @param what reads on from "waited 30 s for …"
 */
export async function waitFor<T>(
  what: string,
  check: () => Promise<T | undefined | false>,
  { timeoutMs, intervalMs = 200, signal }: WaitOptions,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let last = "";
    try {
      const result = await check();
      if (result !== undefined && result !== false) {
        return result;
      }
    } catch (error) {
      if (error instanceof Fatal) {
        throw error.cause;
      }
      last = error instanceof Error ? `: ${error.message}` : "";
    }
    if (Date.now() >= deadline) {
      throw new Error(`waited ${timeoutMs / 1000} s for ${what}${last}`);
    }
    await sleep(intervalMs, undefined, { signal });
  }
}

/** Ends a {@link waitFor} at once with `cause`. */
export class Fatal extends Error {
  constructor(override readonly cause: Error) {
    super(cause.message);
  }
}
