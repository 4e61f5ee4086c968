import { UserError } from "../../config/errors";
import { hasPulumiCli } from "../../mesh/pulumi-cli";
import { writeLabProject } from "../project";
import { stackNames } from "../stack-configs";
import { automation } from "./automation";
import type { Deployer, DeployerOptions } from "./deployer";
import { standIn } from "./stand-in";

export type { Deployer } from "./deployer";

export const ENGINES = ["auto", "cli", "stand-in"] as const;
export type Engine = (typeof ENGINES)[number];

/**
 * The deployer that was asked for; `auto` takes the Pulumi CLI where there is one.
 *
 * @throws UserError when the CLI was asked for and there is none
 */
export async function deployer(engine: Engine, options: DeployerOptions): Promise<Deployer> {
  const { clusters, config } = options;
  // Also where the stand-in runs: the operator's commands read the stacks' files.
  await writeLabProject(
    Object.fromEntries(stackNames(clusters).map((stack) => [stack, config(stack)])),
  );
  if (engine !== "stand-in" && (await hasPulumiCli())) {
    return automation(options);
  }
  if (engine === "cli") {
    throw new UserError(
      "No Pulumi CLI is on the PATH, and npm's launcher could fetch none: install one, or leave out --engine",
    );
  }
  return standIn(options);
}
