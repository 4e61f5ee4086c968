import type { Project } from "./project";
import { requirePulumiCli } from "./pulumi-cli";

/**
 * A stack's state as `pulumi stack export` prints it (pulumi/sdk/go/common/apitype, DeploymentV3);
 * nothing for a stack that isn't there.
 */
export async function stateOf(project: Project, stackName: string): Promise<unknown> {
  await requirePulumiCli();
  const { LocalWorkspace, StackNotFoundError } = await import("@pulumi/pulumi/automation/index.js");
  try {
    const stack = await LocalWorkspace.selectStack(
      { stackName, workDir: project.dir },
      { envVars: { ...project.env } },
    );
    return (await stack.exportStack()).deployment as unknown;
  } catch (error) {
    if (error instanceof StackNotFoundError) {
      return undefined;
    }
    throw error;
  }
}
