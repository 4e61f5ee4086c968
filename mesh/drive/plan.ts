import type { OpenMesh } from "../open";
import type { Operation, StackToRun } from "../stack-run";

/** Stacks that may run side by side, after those before them have ended. */
export interface Wave {
  readonly title: string;
  readonly stacks: readonly StackToRun[];
}

/** A mesh's stacks, by what they hold. */
export interface MeshStacks {
  readonly trust: StackToRun | undefined;
  readonly clusters: readonly StackToRun[];
}

export const stacksOf = ({ trust, members }: OpenMesh): MeshStacks => ({
  trust,
  clusters: members.map(({ settings }) => settings),
});

/**
 * In which order stacks run: the clusters' stacks read what the trust stack exports, so it comes first
 * and goes last; they need nothing of each other.
 */
export function waves({ trust, clusters }: MeshStacks, operation: Operation): Wave[] {
  const forwards: Wave[] = [
    { title: "Trust", stacks: trust === undefined ? [] : [trust] },
    { title: "Clusters", stacks: clusters },
  ].filter(({ stacks }) => stacks.length > 0);
  return operation === "destroy" ? forwards.reverse() : forwards;
}
