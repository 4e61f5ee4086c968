import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { UserError } from "../../config/errors";
import { runStack, stateFile, type Operation, type RunEvent } from "../engine";
import { mergeConfig } from "../../config/stack-files";
import { logFile, paths } from "../paths";
import type { StackChanges } from "../../mesh/changes";
import type { Deployer, DeployerOptions, Report } from "./deployer";
import { STATE_DIR } from "./stand-in-state";

/** Runs the stacks in the lab's own stand-in for the Pulumi CLI. */
export function standIn({ config, helm }: DeployerOptions): Deployer {
  const run = async (
    operation: Operation,
    stack: string,
    report: Report,
    signal: AbortSignal,
  ): Promise<StackChanges> => {
    const merged = mergeConfig(await readProject(), stack, [
      { name: "the lab's configuration", values: config(stack) },
    ]);
    const result = await runStack(
      {
        projectDir: paths.project,
        stack,
        operation,
        stateDir: STATE_DIR,
        helm,
        logFile: logFile("lab", `stack-${stack}`),
        ...merged,
      },
      (event) => describe(event, report),
      signal,
    );
    signal.throwIfAborted();
    if (!result.succeeded) {
      throw new UserError(
        `Stack ${stack}: ${result.errors.join(" ") || "failed without a reason"}`,
      );
    }
    const { create, update, replace, same, delete: deleted } = result.counts;
    return { created: create, updated: update + replace, unchanged: same, deleted };
  };
  return {
    name: "the lab's stand-in for the Pulumi CLI",
    async up(stack, fresh, report, signal) {
      if (fresh) {
        await rm(stateFile(STATE_DIR, stack), { force: true });
      }
      return run("up", stack, report, signal);
    },
    destroy: (stack, report, signal) => run("destroy", stack, report, signal),
    async existingStacks() {
      const files = await readdir(STATE_DIR).catch(() => []);
      return files.filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -5));
    },
  };
}

async function readProject(): Promise<{ name: string; schema: Record<string, unknown> }> {
  const { name, config } = parse(await readFile(join(paths.project, "Pulumi.yaml"), "utf8")) as {
    name: string;
    config: Record<string, unknown>;
  };
  return { name, schema: config };
}

function describe(event: RunEvent, report: Report): void {
  if (event.type === "resource" && event.op !== "same") {
    report(`${event.op} ${event.kind} ${event.name}`);
  } else if (event.type === "progress") {
    report(`${event.kind} ${event.name}: ${event.message}`);
  }
}
