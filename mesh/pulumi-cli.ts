import { delimiter, join } from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../config/errors";

/**
 * Whether there is a Pulumi CLI; from then on this process finds it: the Automation API looks for it
 * in the process's own PATH, whatever it is told.
 */
export const hasPulumiCli = (): Promise<boolean> => (looked ??= look());

/** @throws UserError where there is no Pulumi CLI */
export async function requirePulumiCli(): Promise<void> {
  if (!(await hasPulumiCli())) {
    throw new UserError(
      "No Pulumi CLI is on the PATH, and npm's launcher could fetch none: install one (pulumi.com/docs/install)",
    );
  }
}

/** Once per process, since every look starts processes. */
let looked: Promise<boolean> | undefined;

async function look(): Promise<boolean> {
  const path = await pathWithPulumi(process.env["PATH"] ?? "");
  if (path !== undefined) {
    process.env["PATH"] = path;
  }
  return path !== undefined;
}

/**
 * A PATH on which `pulumi` runs. An installed CLI goes before npm's launcher, which `npm run` puts
 * in front of everything, and which fetches a CLI where it finds none of its version.
 */
async function pathWithPulumi(path: string): Promise<string | undefined> {
  for (const candidate of [withoutLauncher(path), path]) {
    if (await runs(candidate)) {
      return candidate;
    }
  }
  return undefined;
}

/** The PATH without npm's launcher, which fetches a CLI where none is installed. */
export const withoutLauncher = (path: string): string =>
  path
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join("node_modules", ".bin")))
    .join(delimiter);

const runs = (path: string): Promise<boolean> =>
  promisify(execFile)("pulumi", ["version"], { env: { ...process.env, PATH: path } }).then(
    () => true,
    () => false,
  );
