import { setTimeout as sleep } from "node:timers/promises";
import { bySeverity, type Finding } from "../finding";
import type { CheckResult } from "./index";

const PAUSE_SECONDS = 1;

export interface WaitOptions {
  readonly signal: AbortSignal;
  /** How long it may take until everything is in order; nothing waits for nothing. */
  readonly seconds: number;
  /** Between two looks; 1 by default. */
  readonly pauseSeconds?: number;
  readonly requests: number;
  /** Requests of the looks before the last; as few as tell whether all is well. */
  readonly trialRequests: number;
  /** Says what it waits for. */
  readonly progress: (line: string) => void;
}

/**
 * Repeats a check with few requests until it finds no error, or the time is over; then runs it with
 * all requests.
 */
export async function untilGood(
  run: (requests: number) => Promise<CheckResult>,
  { signal, seconds, pauseSeconds = PAUSE_SECONDS, requests, trialRequests, progress }: WaitOptions,
): Promise<CheckResult> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    const { findings } = await run(Math.min(trialRequests, requests));
    const errors = findings.filter(({ severity }) => severity === "error");
    if (errors.length === 0) {
      break;
    }
    progress(reasonToWait(errors));
    const pause = Math.min(pauseSeconds * 1000, Math.max(0, deadline - Date.now()));
    await sleep(pause, undefined, { signal });
  }
  return run(requests);
}

/** The first error, and how many there are beside it. */
export function reasonToWait(errors: readonly Finding[]): string {
  const [first, ...others] = bySeverity(errors);
  if (first === undefined) {
    return "";
  }
  const place = [first.cluster, first.peer].filter(Boolean).join(" → ");
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  return `waiting: ${[place, first.what].filter(Boolean).join(": ")}${more}`;
}
