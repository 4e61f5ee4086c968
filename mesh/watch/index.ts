import { setTimeout as sleep } from "node:timers/promises";
import type { OpenMesh } from "../open";
import { lookAtHealth } from "../topology";
import { readCounts } from "../topology/proxies";
import { topologyOf } from "../topology/topology";
import { frameOf, type Frame } from "./frame";
import { countedBetween, type Sample } from "./rates";

/** Looking whether all is in order asks more of the clusters than counting does. */
const HEALTH_SECONDS = 15;

export interface WatchOptions {
  /** Ends the watching. */
  readonly signal: AbortSignal;
  readonly intervalSeconds: number;
}

/** A mesh's moments, one per interval, until the signal ends them. Changes nothing, sends nothing. */
export async function* watchMesh(
  open: OpenMesh,
  { signal, intervalSeconds }: WatchOptions,
): AsyncGenerator<Frame> {
  const look = (): ReturnType<typeof lookAtHealth> => lookAtHealth(open, { signal, requests: 0 });
  try {
    let [health, before] = await Promise.all([look(), sample(open, signal)]);
    let lookedAt = performance.now();
    let looking = false;
    for (;;) {
      await sleep(intervalSeconds * 1000, undefined, { signal });
      const after = await sample(open, signal);
      signal.throwIfAborted();
      const counts = countedBetween(before, after);
      const topology = topologyOf({ ...health, counts, at: new Date() });
      yield frameOf(topology, (after.at - before.at) / 1000);
      before = after;
      if (!looking && performance.now() - lookedAt >= HEALTH_SECONDS * 1000) {
        looking = true;
        // Frames don't wait for it.
        void look()
          .then((found) => (health = found))
          .catch(() => undefined)
          .finally(() => {
            looking = false;
            lookedAt = performance.now();
          });
      }
    }
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}

const sample = async (open: OpenMesh, signal: AbortSignal): Promise<Sample> => ({
  counts: await readCounts(open, signal),
  at: performance.now(),
});
