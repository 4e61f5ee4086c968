import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { Command } from "commander";
import { runner, strictly } from "../cli/command-line";
import { checkoutProject, stackFiles } from "../mesh/project";
import { markdown, type StackPatch } from "./patch";

const run = promisify(execFile);
const LONGEST_OUTPUT = 64 * 1024 * 1024;

const program = strictly(
  new Command("npm run render-diff --")
    .description("Renders every stack of this checkout and of another, and prints the difference.")
    .requiredOption("--base <dir>", "the other checkout, with its packages installed")
    .requiredOption("--out <dir>", "folder for both renders: a new one, or an earlier run's")
    .option("--json", "print one JSON document instead of Markdown")
    .addHelpText(
      "after",
      "\nExit codes: 0 compared · 1 this checkout can't be rendered · 2 wrong use.",
    ),
);

interface Options {
  readonly base: string;
  readonly out: string;
}

async function compare(base: string, out: string): Promise<StackPatch[]> {
  const head = checkoutProject().dir;
  const stacks = [
    ...new Set(
      [
        { dir: head, env: {} },
        { dir: base, env: {} },
      ].flatMap(stackFiles),
    ),
  ].sort();
  const patches: StackPatch[] = [];
  for (const stack of stacks) {
    const before = await render(base, stack, join(out, "base", stack));
    const after = await render(head, stack, join(out, "head", stack));
    patches.push({
      stack,
      patch: await diff(out, stack),
      ...(after !== undefined
        ? { problem: after }
        : before !== undefined && { problem: `new here (${before})` }),
    });
  }
  return patches;
}

/** @returns why a stack could not be rendered, if so; then its folder is empty */
async function render(checkout: string, stack: string, out: string): Promise<string | undefined> {
  await mkdir(out, { recursive: true });
  if (!existsSync(join(checkout, `Pulumi.${stack}.yaml`))) {
    return "no such stack";
  }
  try {
    await run("npm", ["run", "--silent", "render", "--", "--stack", stack, "--out", out], {
      cwd: checkout,
    });
    return undefined;
  } catch (error) {
    return (error as { stderr?: string }).stderr?.trim().split("\n").at(-1) ?? String(error);
  }
}

/** `git diff` ends with 1 where something differs. */
async function diff(out: string, stack: string): Promise<string> {
  const args = ["diff", "--no-index", "--no-color", join("base", stack), join("head", stack)];
  try {
    return (await run("git", args, { cwd: out, maxBuffer: LONGEST_OUTPUT })).stdout;
  } catch (error) {
    const { code, stdout } = error as { code?: number; stdout?: string };
    if (code === 1 && stdout !== undefined) {
      return stdout;
    }
    throw error;
  }
}

program.action(({ base, out }: Options) =>
  runner(program, { afterInterrupt: "run it again." })(async ({ print }) => {
    const patches = await compare(resolve(base), resolve(out));
    const text = markdown(patches);
    await writeFile(join(resolve(out), "difference.md"), text);
    print(patches, () => text);
    const here = checkoutProject();
    const broken = patches.filter(
      ({ stack, problem }) =>
        problem !== undefined &&
        stackFiles(here).includes(stack) &&
        !problem.startsWith("new here"),
    );
    return broken.length > 0 ? 1 : 0;
  }),
);
void program.parseAsync();
