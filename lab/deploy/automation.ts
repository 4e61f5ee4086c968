import { runStack } from "../../mesh/stack-run";
import { labProject, writeLabProject } from "../project";
import type { Deployer, DeployerOptions } from "./deployer";

/** Runs the stacks with the Pulumi CLI, on a local file backend. */
export function automation({ config }: DeployerOptions): Deployer {
  const project = (stack: string) => writeLabProject({ [stack]: config(stack) });
  return {
    name: "the Pulumi CLI",
    async up(stack, fresh, report, signal) {
      const options = { refresh: fresh };
      return (await runStack(await project(stack), stack, "up", options, report, signal)).changes;
    },
    async destroy(stack, report, signal) {
      const options = { remove: true };
      return (await runStack(await project(stack), stack, "destroy", options, report, signal))
        .changes;
    },
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
