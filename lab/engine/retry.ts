import { setTimeout as sleep } from "node:timers/promises";
import { KubeError, UnreachableError } from "./kube-client";

export interface RetryOptions {
  readonly signal: AbortSignal;
  /** Called once, with what stands in the way, when the first attempt has failed. */
  readonly onWait: (message: string) => void;
}

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 2_000;

/**
 * How long to go on for each reason to try again, in milliseconds: kinds whose
 * CustomResourceDefinition, and webhooks whose pods, another resource is just bringing up
 * (pulumi-kubernetes, provider/pkg/retry and await), and an API server that restarts.
 */
const PATIENCE: readonly {
  readonly matches: (error: unknown) => boolean;
  readonly milliseconds: number;
}[] = [
  { matches: (error) => isKube(error) && error.reason === "NoMatch", milliseconds: 30_000 },
  {
    matches: (error) => isKube(error) && /failed calling webhook/.test(error.message),
    milliseconds: 60_000,
  },
  {
    matches: (error) => isKube(error) && /because it is being terminated/.test(error.message),
    milliseconds: 60_000,
  },
  {
    matches: (error) => isKube(error) && [429, 503, 504].includes(error.status),
    milliseconds: 30_000,
  },
  { matches: (error) => error instanceof UnreachableError, milliseconds: 3_000 },
];

const isKube = (error: unknown): error is KubeError => error instanceof KubeError;

/** Repeats an operation while what stands in its way may go away by itself. @throws the last error */
export async function retrying<T>(operation: () => Promise<T>, options: RetryOptions): Promise<T> {
  const start = Date.now();
  let delay = FIRST_DELAY_MS;
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      const patience = PATIENCE.find(({ matches }) => matches(error))?.milliseconds ?? 0;
      if (Date.now() - start + delay > patience) {
        throw error;
      }
      if (attempt === 1) {
        options.onWait((error as Error).message);
      }
      await sleep(delay, undefined, { signal: options.signal });
      delay = Math.min(delay * 2, LONGEST_DELAY_MS);
    }
  }
}
