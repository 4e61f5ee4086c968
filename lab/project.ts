import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { UserError } from "../config/errors";
import type { Project } from "../mesh/project";
import { standInOutputs } from "./deploy/stand-in-state";
import { resolveInLab } from "./internet/resolve";
import { paths } from "./paths";

/** The lab's own project folder: the checkout's program with the lab's stack files and state. */
const DIR = join(paths.run, "pulumi");
const PASSPHRASE = join(DIR, "passphrase");

const PROJECT: Project = {
  dir: DIR,
  env: {
    // Without the files beside each state, one of which a killed run can leave empty.
    PULUMI_BACKEND_URL: `file://${join(DIR, "state")}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE_FILE: PASSPHRASE,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  },
  outputs: standInOutputs,
  resolve: resolveInLab,
};

/** The project of the running lab. @throws UserError where none runs */
export function labProject(): Project {
  if (!existsSync(join(DIR, "Pulumi.yaml"))) {
    throw new UserError("No lab is running: start it with npm run lab", 2);
  }
  return PROJECT;
}

/**
 * Writes the project file, which leads to the program, and the files of the given stacks; the salt
 * that a stack's file got from the CLI stays.
 */
export async function writeLabProject(
  configs: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<Project> {
  await mkdir(join(DIR, "state"), { recursive: true, mode: 0o700 });
  // One passphrase for the life of a lab; it protects what only root can read anyway.
  await writeFile(PASSPHRASE, randomBytes(24).toString("base64url"), {
    mode: 0o600,
    flag: "wx",
  }).catch(ignoreExisting);
  const project = parse(await readFile(join(paths.project, "Pulumi.yaml"), "utf8")) as object;
  await writeFile(join(DIR, "Pulumi.yaml"), stringify({ ...project, main: paths.project }));
  for (const [stack, config] of Object.entries(configs)) {
    const file = join(DIR, `Pulumi.${stack}.yaml`);
    const before = (await readFile(file, "utf8").then(parse, () => ({}))) as object;
    await writeFile(file, stringify({ ...before, config }), { mode: 0o600 });
  }
  return PROJECT;
}

/** Forgets the file of a stack that is no more. */
export const removeStackFile = (stack: string): Promise<void> =>
  rm(join(DIR, `Pulumi.${stack}.yaml`), { force: true });

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") {
    throw error;
  }
}
