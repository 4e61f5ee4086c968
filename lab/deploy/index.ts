import { delimiter, join } from "node:path";
import { UserError } from "../../config/errors";
import { exec } from "../exec";
import { paths } from "../paths";
import { automation } from "./automation";
import type { Deployer, DeployerOptions } from "./deployer";
import { standIn } from "./stand-in";

export { describeChanges, type Deployer, type StackChanges } from "./deployer";

export const ENGINES = ["auto", "cli", "stand-in"] as const;
export type Engine = (typeof ENGINES)[number];

/**
 * The deployer that was asked for; `auto` takes the Pulumi CLI where there is one.
 *
 * @throws UserError when the CLI was asked for and there is none
 */
export async function deployer(engine: Engine, options: DeployerOptions): Promise<Deployer> {
  const path = engine === "stand-in" ? undefined : await pathWithPulumi(process.env["PATH"] ?? "");
  if (path !== undefined) {
    // The Automation API looks for the CLI in this process's own PATH, whatever it is told.
    process.env["PATH"] = path;
    return automation(options);
  }
  if (engine === "cli") {
    throw new UserError(
      "No Pulumi CLI is on the PATH, and npm's launcher could fetch none: install one, or leave out --engine",
    );
  }
  return standIn(options);
}

/** Whether `cli` would find a Pulumi CLI. */
export const hasPulumiCli = async (): Promise<boolean> =>
  (await pathWithPulumi(process.env["PATH"] ?? "")) !== undefined;

/**
 * A PATH on which `pulumi` runs. An installed CLI goes before npm's launcher, which `npm run` puts
 * in front of everything, and which fetches a CLI where it finds none of its version.
 */
async function pathWithPulumi(path: string): Promise<string | undefined> {
  const installed = path
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join("node_modules", ".bin")))
    .join(delimiter);
  for (const candidate of [installed, path]) {
    if (await runs(candidate)) {
      return candidate;
    }
  }
  return undefined;
}

const runs = (path: string): Promise<boolean> =>
  exec("pulumi", ["version"], { cwd: paths.project, env: { PATH: path } }).then(
    () => true,
    () => false,
  );
