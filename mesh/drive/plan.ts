import type { OpenMesh } from "../open";
import type { Operation } from "../stack-run";

/** Stacks that may run side by side, after those before them have ended. */
export interface Wave {
  readonly title: string;
  readonly stacks: readonly string[];
}

/** The names of a mesh's stacks, by what they hold. */
export interface StackNames {
  readonly trust: string | undefined;
  readonly clusters: readonly string[];
}

export const stackNamesOf = ({ trust, members }: OpenMesh): StackNames => ({
  trust: trust?.stack,
  clusters: members.map(({ settings }) => settings.stack),
});

/**
 * In which order stacks run: the clusters' stacks read what the trust stack exports, so it comes first
 * and goes last; they need nothing of each other.
 */
export function waves({ trust, clusters }: StackNames, operation: Operation): Wave[] {
  const forwards: Wave[] = [
    { title: "Trust", stacks: trust === undefined ? [] : [trust] },
    { title: "Clusters", stacks: clusters },
  ].filter(({ stacks }) => stacks.length > 0);
  return operation === "destroy" ? forwards.reverse() : forwards;
}
