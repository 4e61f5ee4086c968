import { readFile } from "node:fs/promises";
import { runStack, type Operation, type RunOptions } from "../../mesh/stack-run";
import type { StackChanges } from "../../mesh/changes";
import { existingClusters } from "../cluster";
import { adminKubeconfig } from "../paths";
import { labProject, writeLabProject } from "../project";
import type { Deployer, DeployerOptions, Report } from "./deployer";

/** Runs the stacks with the Pulumi CLI, on a local file backend. */
export function automation({ config }: DeployerOptions): Deployer {
  const run = async (
    stack: string,
    operation: Operation,
    options: RunOptions,
    report: Report,
    signal: AbortSignal,
  ): Promise<StackChanges> => {
    const project = await writeLabProject({ [stack]: config(stack) });
    const target = { stack, kubeconfigs: await kubeconfigs() };
    return (await runStack(project, target, operation, options, report, signal)).changes;
  };
  return {
    name: "the Pulumi CLI",
    up: (stack, fresh, report, signal) => run(stack, "up", { refresh: fresh }, report, signal),
    destroy: (stack, report, signal) => run(stack, "destroy", { remove: true }, report, signal),
    async existingStacks() {
      const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
      const { dir, env } = labProject();
      const workspace = await LocalWorkspace.create({ workDir: dir, envVars: { ...env } });
      return (await workspace.listStacks())
        .filter(({ resourceCount }) => (resourceCount ?? 0) > 0)
        .map(({ name }) => name);
    },
  };
}

/** Also of a cluster that is about to leave, which no configuration names any more. */
async function kubeconfigs(): Promise<Record<string, string>> {
  const clusters = await existingClusters();
  return Object.fromEntries(
    await Promise.all(
      clusters.map(
        async ({ name }) => [name, await readFile(adminKubeconfig(name), "utf8")] as const,
      ),
    ),
  );
}
