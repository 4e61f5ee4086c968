import type { StackChanges } from "../../mesh/changes";
import type { LabCluster } from "../topology";

/** A way of running the program's stacks on the lab. */
export interface Deployer {
  /** How messages call it. */
  readonly name: string;
  /**
   * @param fresh the stack's cluster is new, whatever was deployed before
   * @throws UserError with the sentences of what went wrong
   */
  up(stack: string, fresh: boolean, report: Report, signal: AbortSignal): Promise<StackChanges>;
  destroy(stack: string, report: Report, signal: AbortSignal): Promise<StackChanges>;
  /** Stacks that were brought up and not destroyed. */
  existingStacks(): Promise<string[]>;
}

export type Report = (line: string) => void;

/** What a deployer is made for. */
export interface DeployerOptions {
  readonly clusters: readonly LabCluster[];
  /** Configuration of a stack, as its `Pulumi.<stack>.yaml` would hold it. */
  readonly config: (stack: string) => Record<string, unknown>;
  readonly helm: string;
}
