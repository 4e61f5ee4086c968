import { runStages, type Stage, type StepOutput } from "../../cli/steps";
import { describeChanges } from "../changes";
import type { Project } from "../project";
import { StackError } from "../stack-error";
import { runStack, type Operation, type RunOptions, type StackResult } from "../stack-run";
import type { Wave } from "./plan";

/** What came of one stack. */
export type StackOutcome =
  | ({ readonly stack: string; readonly state: "done" } & StackResult)
  | {
      readonly stack: string;
      readonly state: "failed";
      readonly reasons: readonly string[];
      /** The Pulumi CLI's own. */
      readonly exitCode: number;
    }
  /** Not begun, since a stack before it failed. */
  | { readonly stack: string; readonly state: "skipped"; readonly reason: string };

export interface DriveOptions extends RunOptions {
  readonly output: StepOutput;
  readonly signal: AbortSignal;
}

/** Runs one stack; a parameter for the tests' sake. */
export type RunOne = typeof runStack;

/**
 * Runs the stacks wave by wave, and those of a wave side by side. What fails in a wave lets its
 * neighbours finish and the waves after it wait for another time.
 *
 * @throws what isn't a stack's failure, e.g. an interruption
 */
export async function drive(
  project: Project,
  operation: Operation,
  waves: readonly Wave[],
  { output, signal, ...options }: DriveOptions,
  runOne: RunOne = runStack,
): Promise<StackOutcome[]> {
  const outcomes: StackOutcome[] = [];
  for (const { title, stacks } of waves) {
    const failed = outcomes.find(({ state }) => state === "failed");
    if (failed !== undefined) {
      const reason = `${failed.stack} failed`;
      outcomes.push(...stacks.map(({ stack }) => ({ stack, state: "skipped" as const, reason })));
      continue;
    }
    const ended = new Map<string, StackOutcome>();
    const stage: Stage = {
      title,
      steps: stacks.map((target) => ({
        title: target.stack,
        async run(report) {
          const { stack } = target;
          try {
            const result = await runOne(project, target, operation, options, report, signal);
            ended.set(stack, { stack, state: "done", ...result });
            return describeChanges(result.changes);
          } catch (error) {
            signal.throwIfAborted();
            if (error instanceof StackError) {
              const { reasons, exitCode } = error;
              ended.set(stack, { stack, state: "failed", reasons, exitCode });
            }
            throw error;
          }
        },
      })),
    };
    await runStages([stage], output).catch((error: unknown) => {
      if (!(error instanceof StackError)) {
        throw error;
      }
    });
    outcomes.push(...stacks.flatMap(({ stack }) => ended.get(stack) ?? []));
  }
  return outcomes;
}

/** The exit code of the first stack that failed, 0 of none. */
export const exitCodeOf = (outcomes: readonly StackOutcome[]): number =>
  outcomes.find((outcome) => outcome.state === "failed")?.exitCode ?? 0;
