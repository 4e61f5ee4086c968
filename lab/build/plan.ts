import type { Part, PartId } from "./part";

/** What has to be made, known before anything is fetched. */
export interface BuildPlan {
  readonly cached: readonly Part[];
  /** In an order in which they can be made one by one. */
  readonly missing: readonly Part[];
  /** Wall-clock time, with everything that may overlap overlapping. */
  readonly expectedSeconds: number;
  readonly diskMebibytes: number;
}

/**
 * Plans what is missing. A part counts as missing too when something it is made from is.
 *
 * @param parts every part once, each after the parts that it needs and follows
 */
export function planBuild(parts: readonly Part[], cached: ReadonlySet<PartId>): BuildPlan {
  const missing = new Set<PartId>();
  for (const part of parts) {
    if (!cached.has(part.id) || part.needs.some((id) => missing.has(id))) {
      missing.add(part.id);
    }
  }
  const toMake = parts.filter(({ id }) => missing.has(id));
  return {
    cached: parts.filter(({ id }) => !missing.has(id)),
    missing: toMake,
    expectedSeconds: longestChain(toMake),
    diskMebibytes: toMake.reduce((sum, part) => sum + part.diskMebibytes, 0),
  };
}

function longestChain(parts: readonly Part[]): number {
  const endsAt = new Map<PartId, number>();
  for (const part of parts) {
    const startsAt = Math.max(0, ...predecessors(part).map((id) => endsAt.get(id) ?? 0));
    endsAt.set(part.id, startsAt + part.expectedSeconds);
  }
  return Math.max(0, ...endsAt.values());
}

/** Parts that have to be ready, as far as they are made at all, before `part` can be made. */
export const predecessors = (part: Part): readonly PartId[] => [...part.needs, ...part.after];

/** What {@link makeParts} tells while it works. */
export interface MakeListener {
  started?(part: Part): void;
  progress?(part: Part, line: string): void;
  done?(part: Part, seconds: number): void;
}

/**
 * Makes `missing` with everything overlapping that may; the first failure stops the others.
 *
 * @throws what the failing part throws
 */
export async function makeParts(
  missing: readonly Part[],
  listener: MakeListener,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const running = new Map<PartId, Promise<void>>();
  const make = async (part: Part): Promise<void> => {
    await Promise.all(predecessors(part).map((id) => running.get(id) ?? Promise.resolve()));
    either.throwIfAborted();
    const start = performance.now();
    listener.started?.(part);
    await part.make((line) => listener.progress?.(part, line), either);
    listener.done?.(part, (performance.now() - start) / 1000);
  };
  for (const part of missing) {
    running.set(
      part.id,
      make(part).catch((error: unknown) => {
        stop.abort(error);
        throw error;
      }),
    );
  }
  const results = await Promise.allSettled(running.values());
  if (results.some(({ status }) => status === "rejected")) {
    throw stop.signal.reason;
  }
}
