/** How many resources a run of a stack has touched. */
export interface StackChanges {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
}

/** Sums up the engine's counts per operation (pulumi/sdk/nodejs/automation, OpMap). */
export function changesOf(counts: Readonly<Partial<Record<string, number>>> = {}): StackChanges {
  const sum = (...operations: readonly string[]): number =>
    operations.reduce((total, operation) => total + (counts[operation] ?? 0), 0);
  return {
    created: sum("create", "import"),
    updated: sum("update", "replace"),
    deleted: sum("delete", "discard"),
    unchanged: sum("same", "refresh", "read"),
  };
}

/** `3 created, 1 updated`, or `no changes`. */
export function describeChanges(changes: StackChanges): string {
  const parts = (["created", "updated", "deleted"] as const)
    .filter((kind) => changes[kind] > 0)
    .map((kind) => `${changes[kind]} ${kind}`);
  return parts.length > 0 ? parts.join(", ") : "no changes";
}
