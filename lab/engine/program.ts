import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { UserError } from "../../config/errors";
import { objectOr, textOf } from "../../config/json";

/** Configuration as the SDK takes it. */
export interface ProgramConfig {
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/**
 * Runs a Pulumi program to its end, as the CLI's language host does, against the monitor that is
 * installed in this process.
 *
 * @throws whatever the program throws; what it throws inside `apply` arrives at the process as an
 *   unhandled rejection instead
 */
export async function runProgram(
  projectDir: string,
  { config, secretKeys }: ProgramConfig,
): Promise<void> {
  pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
  const entry = entryPoint(projectDir);
  await pulumi.runtime.runInPulumiStack(async () => {
    const exported: unknown = loadModule(entry);
    return (await (typeof exported === "function"
      ? (exported as () => unknown)()
      : exported)) as pulumi.Inputs;
  });
  await pulumi.runtime.disconnect();
}

/** Programs are CommonJS, as the CLI loads them too. */
function loadModule(file: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(file) as unknown;
}

/** `main` of Pulumi.yaml, else of package.json, else index.ts. */
function entryPoint(projectDir: string): string {
  const main =
    textOf(readYaml(join(projectDir, "Pulumi.yaml"))["main"]) ??
    textOf(readYaml(join(projectDir, "package.json"))["main"]) ??
    "index.ts";
  const file = join(projectDir, main);
  if (!existsSync(file)) {
    throw new UserError(`${file} does not exist: name the program in main of Pulumi.yaml`);
  }
  return file;
}

/** JSON is YAML. */
const readYaml = (file: string): Readonly<Record<string, unknown>> =>
  existsSync(file) ? objectOr(parse(readFileSync(file, "utf8"))) : {};

/** Whether an error is meant for people as it is, without a stack trace. */
export const isForPeople = (error: unknown): error is Error =>
  error instanceof UserError || pulumi.RunError.isInstance(error);

/** The SDK puts the path to the property before the message of what a program throws in `apply`. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(
    /^(error serializing property "[^"]*": )+/,
    "",
  );
