import { resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { UserError } from "../config/errors";
import { captureConsole } from "./engine/console";
import { loadStackConfig } from "../config/stack-files";
import { paths } from "./paths";
import { checkFolder, writeFolder } from "./render/output-folder";

interface Options {
  readonly stack: string;
  readonly out: string;
  readonly config: readonly string[];
  readonly project?: string;
}

const print = process.stdout.write.bind(process.stdout);

const command = new Command("render")
  .description(
    "Writes what a stack would create as YAML, one file per object, without any cluster.",
  )
  .requiredOption("--stack <name>", "name of the stack, e.g. ncloud")
  .requiredOption("--out <dir>", "folder to write to: a new or empty one, or an earlier render's")
  .option("--config <file...>", "further files like Pulumi.<stack>.yaml; a later one wins", [])
  .option("--project <dir>", "folder of Pulumi.yaml (default: this checkout)")
  .addHelpText(
    "after",
    `
Files: <dir>/<cluster>/<namespace or _cluster>/<kind>-<name>.yaml, Helm releases as
helmrelease-<name>.yaml. Secrets are written as [secret], and what only a deployment can tell as
[known after deployment]. The same program and configuration give the same files, so that they can
be compared; files of an earlier render that are no longer due are removed.

Exit codes: 0 written, 1 the program refused its configuration or failed, 2 a wrong argument or
file.`,
  )
  .configureOutput({ writeOut: print })
  .exitOverride();

async function main(): Promise<number> {
  try {
    command.parse();
    const options = command.opts<Options>();
    const project = resolve(options.project ?? paths.project);
    const out = resolve(options.out);
    checkFolder(out, options.stack);
    // Takes most of a second, which a wrong argument need not wait for.
    const { placeholder, renderStack, standIns } = await import("./render/render.js");
    const sources = { files: options.config.map((file) => resolve(file)), placeholder };
    const given = loadStackConfig(project, options.stack, sources);
    const { stackOutputs, ...overrides } = await standIns(given);
    const config = loadStackConfig(project, options.stack, { ...sources, ...overrides });
    const files = await renderStack(project, options.stack, config, stackOutputs);
    const { written, removed } = writeFolder(out, options.stack, files);
    print(
      `${files.size} files in ${options.out}: ${written.length} written, ${files.size - written.length} unchanged, ${removed.length} removed\n`,
    );
    return 0;
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : 2;
  }
  const isUserError = error instanceof UserError;
  process.stderr.write(
    `${isUserError ? error.message : ((error as Error).stack ?? String(error))}\n`,
  );
  return isUserError ? error.exitCode : 1;
}

captureConsole((severity, message) => process.stderr.write(`${severity}: ${message}\n`));
void main().then((code) => process.exit(code));
