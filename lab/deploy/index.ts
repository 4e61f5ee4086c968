import { exec } from "../exec";
import { paths } from "../paths";
import { automation } from "./automation";
import type { Deployer, DeployerOptions } from "./deployer";
import { standIn } from "./stand-in";

export { describeChanges, type Deployer, type StackChanges } from "./deployer";

export const ENGINES = ["auto", "cli", "stand-in"] as const;
export type Engine = (typeof ENGINES)[number];

/** The deployer that was asked for; `auto` takes the Pulumi CLI where there is one. */
export async function deployer(engine: Engine, options: DeployerOptions): Promise<Deployer> {
  const cli = engine === "cli" || (engine === "auto" && (await hasPulumi()));
  return cli ? automation(options) : standIn(options);
}

/** Whether `pulumi` runs: the one on the PATH, or the launcher of node_modules that finds or fetches one. */
export const hasPulumi = (): Promise<boolean> =>
  exec("pulumi", ["version"], { cwd: paths.project }).then(
    () => true,
    () => false,
  );
