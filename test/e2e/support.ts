import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { UpResult } from "../../lab/up";
import type { StackOutcome } from "../../mesh/drive/drive";

const project = join(__dirname, "../..");

export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** Runs `npm run lab -- …` as a user would, in a process of its own. */
export const lab = (...args: string[]): Promise<Run> => npmRun("lab", args);

/** Runs `npm run mesh -- --lab …`, the operator's commands, on the lab's stacks. */
export const mesh = (...args: string[]): Promise<Run> => npmRun("mesh", ["--lab", ...args]);

/** What `mesh --json preview|up|destroy` prints. */
export interface DriveReport {
  readonly exitCode: number;
  readonly stacks: readonly StackOutcome[];
}

/** `npm run mesh -- --lab --json …` of a command that runs stacks, whatever its exit code. */
export async function driveMesh(...args: string[]): Promise<DriveReport & Pick<Run, "stderr">> {
  const { stdout, stderr, exitCode } = await mesh("--json", ...args);
  if (!stdout.startsWith("{")) {
    throw new Error(`mesh ${args.join(" ")} ended with ${exitCode}: ${stderr}\n${stdout}`);
  }
  const report = JSON.parse(stdout) as DriveReport;
  assert.equal(report.exitCode, exitCode);
  return { ...report, stderr };
}

function npmRun(script: string, args: readonly string[]): Promise<Run> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["run", "--silent", script, "--", ...args], {
      cwd: project,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      stderr += chunk;
      process.stderr.write(chunk);
    });
    child.on("error", reject);
    child.on("close", (exitCode) =>
      resolve({ exitCode, stdout, stderr, seconds: (performance.now() - start) / 1000 }),
    );
  });
}

/** `npm run lab -- --json up …`, which has to succeed. */
export async function up(...args: string[]): Promise<UpResult> {
  const { exitCode, stdout, stderr } = await lab("--json", "up", ...args);
  if (exitCode !== 0) {
    throw new Error(`up ended with ${exitCode}: ${stderr}\n${stdout}`);
  }
  return JSON.parse(stdout) as UpResult;
}

/** How often each cluster answered each, as the verification counted. */
export const answers = ({ verification }: UpResult): Record<string, Record<string, number>> =>
  Object.fromEntries(
    verification.rows.map(({ from, to }) => [
      from,
      Object.fromEntries(Object.entries(to).map(([name, cell]) => [name, cell.answers])),
    ]),
  );

/** No stack's run created, updated or deleted anything. */
export function assertUnchanged(changes: UpResult["changes"]): void {
  for (const [stack, { created, updated, deleted }] of Object.entries(changes)) {
    assert.deepEqual({ created, updated, deleted }, { created: 0, updated: 0, deleted: 0 }, stack);
  }
}
