import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Project } from "./project";
import { withoutLauncher } from "./pulumi-cli";

const TIMEOUT_MS = 8000;

/**
 * What a deployed stack exports, secrets left out or masked.
 *
 * @param stack name, or `organization/project/name`
 * @returns nothing where the stack has no state, or no Pulumi CLI is installed that can read it
 */
export async function stackOutputs(
  project: Project,
  stack: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const outputs = project.outputs?.(stack);
  if (outputs !== undefined) {
    return outputs;
  }
  const args = ["stack", "output", "--json", "--non-interactive", "--stack", stack];
  try {
    const { stdout } = await promisify(execFile)("pulumi", args, {
      cwd: project.dir,
      env: {
        ...process.env,
        PATH: withoutLauncher(process.env["PATH"] ?? ""),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        ...project.env,
      },
      timeout: TIMEOUT_MS,
      signal,
    });
    return JSON.parse(stdout) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
