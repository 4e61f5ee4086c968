import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import {
  NO_CHANGES,
  type OutputsEvent,
  type RunEvent,
  type RunRequest,
  type Summary,
} from "./protocol";

/**
 * The lab's stand-in for the Pulumi CLI: runs the unchanged program and brings its resources about
 * on real clusters.
 *
 * It is for the lab, where no CLI can be had. It knows exactly the resource types that the program
 * uses, keeps secrets in clear in a file that only its owner can read, and has neither encryption
 * nor history nor policies. On clusters of your own use the Pulumi CLI.
 *
 * A run goes: request → child process (`run-main`) → program → SDK → `Monitor` → `Deployment` →
 * a handler per resource type (`handlers/`) → cluster, with `StateStore` in between. The SDK keeps
 * its monitor in global variables, which is why each run has a process of its own.
 */
export {
  loadStackConfig,
  type StackConfig,
  type StackConfigOptions,
} from "../../config/stack-files";
export { readState, stateFile, type StackState } from "./state";
export type * from "./protocol";

/** What came of a run. */
export interface StackResult {
  readonly succeeded: boolean;
  readonly counts: Summary;
  readonly ms: number;
  /** Of an `up` that succeeded; secret ones in clear. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
  /** Why it did not succeed, a sentence each. */
  readonly errors: readonly string[];
}

/** Time for an interrupted run to end by itself. */
const GRACE_MS = 20_000;

/**
 * Brings one stack up, takes it down, or says what bringing it up would do.
 *
 * Runs of different stacks can go side by side; a second run of the same stack is refused.
 *
 * @param onEvent called with every event as it happens
 * @param signal interrupts the run: what is under way is cut off, and the next run repairs it
 * @returns the result, also of a run that failed
 * @throws only when the child process can't be started
 */
export function runStack(
  request: RunRequest,
  onEvent: (event: RunEvent) => void = () => undefined,
  signal?: AbortSignal,
): Promise<StackResult> {
  const log = logger(request.logFile);
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ["--require", require.resolve("tsx/cjs"), join(__dirname, "run-main.ts")],
      { cwd: request.projectDir, stdio: "pipe" },
    );
    const errors: string[] = [];
    let outputs: OutputsEvent = { type: "outputs", outputs: {}, secretOutputs: [] };
    let end: Pick<StackResult, "succeeded" | "counts" | "ms"> | undefined;

    const take = (event: RunEvent): void => {
      if (event.type === "outputs") {
        outputs = event;
      } else {
        log(JSON.stringify(event));
      }
      if (event.type === "diagnostic" && event.severity === "error") {
        errors.push(event.message);
      }
      if (event.type === "summary") {
        end = event;
      }
      onEvent(event);
    };
    createInterface({ input: child.stdout }).on("line", (line) =>
      take(JSON.parse(line) as RunEvent),
    );
    createInterface({ input: child.stderr }).on("line", log);

    let killer: NodeJS.Timeout | undefined;
    const interrupt = (): void => {
      child.stdin.end();
      killer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    };
    child.on("error", reject);
    child.on("close", (code, killedBy) => {
      clearTimeout(killer);
      signal?.removeEventListener("abort", interrupt);
      if (end === undefined) {
        errors.push(
          `the run of stack ${request.stack} ended by ${killedBy ?? `exit code ${code}`} without saying why${request.logFile === undefined ? "" : `: see ${request.logFile}`}`,
        );
      }
      const { succeeded, counts, ms } = end ?? { succeeded: false, counts: NO_CHANGES, ms: 0 };
      resolve({
        succeeded,
        counts,
        ms,
        outputs: outputs.outputs,
        secretOutputs: outputs.secretOutputs,
        errors,
      });
    });
    child.stdin.on("error", () => undefined);
    child.stdin.write(`${JSON.stringify(request)}\n`);
    if (signal?.aborted === true) {
      interrupt();
    }
    signal?.addEventListener("abort", interrupt, { once: true });
  });
}

function logger(file: string | undefined): (line: string) => void {
  if (file === undefined) {
    return () => undefined;
  }
  mkdirSync(dirname(file), { recursive: true });
  return (line) => appendFileSync(file, `${line}\n`, { mode: 0o600 });
}
