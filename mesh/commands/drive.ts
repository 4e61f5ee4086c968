import { resolve } from "node:path";
import { Option, type Command } from "commander";
import type { Terminal } from "../../cli/command-line";
import type { MeshContext } from "../command";
import { confirm, requireSomebody } from "../drive/confirm";
import { drive, exitCodeOf, type RunOne, type StackOutcome } from "../drive/drive";
import { refuseForeignObjects } from "../drive/foreign-objects";
import { stacksOf, waves, type Wave } from "../drive/plan";
import { summary } from "../drive/summary";
import { tidy } from "../drive/tidy";
import type { Finding } from "../finding";
import { findingsText } from "../findings-text";
import { openMesh, type OpenMesh } from "../open";
import { preflight } from "../preflight";
import type { Project } from "../project";
import { isDeployed, runStack, type Operation, type RunOptions } from "../stack-run";

const EXIT_CODES = `
Exit codes are the Pulumi CLI's, of the first stack that failed: 1 an error, 2 configuration or wrong
use, 3 log-in, 4 a resource, 5 a policy, 6 no such stack, 7 changes where none were expected, 8 called
off; 130 interrupted.`;

interface Options extends RunOptions {
  readonly yes?: boolean;
  readonly skipPreflight?: boolean;
  readonly skipPreview?: boolean;
  readonly policyPack?: readonly string[];
  readonly policyPackConfig?: readonly string[];
  readonly deleteForeign?: boolean;
}

export function preview(program: Command, context: MeshContext): void {
  addCommand(program, "preview", "show what `up` would change, stack by stack")
    .addOption(refreshOption())
    .addOption(policyOption())
    .addOption(policyConfigOption())
    .option("--expect-no-changes", "fail where anything would change, e.g. to detect drift")
    .action((names: string[], options: Options) =>
      context.run(async (terminal) => {
        const plan = await open(await context.project(), names, "preview");
        return report(terminal, await look(plan, options, terminal), true);
      }),
    );
}

export function up(program: Command, context: MeshContext): void {
  addCommand(program, "up", "deploy the stacks: trust first, then the clusters side by side")
    .addOption(refreshOption())
    .addOption(policyOption())
    .addOption(policyConfigOption())
    .option("--continue-on-error", "go on with what doesn't depend on what failed")
    .option("--skip-preflight", "deploy without looking at the clusters first")
    .option("--skip-preview", "deploy without showing the changes first")
    .option("-y, --yes", "deploy without asking")
    .action((names: string[], options: Options) =>
      context.run(async (terminal) => {
        if (!options.yes) {
          requireSomebody();
        }
        const plan = await open(await context.project(), names, "up");
        const obstacles = options.skipPreflight ? [] : await findObstacles(plan, terminal);
        if (obstacles.length > 0) {
          const text = findingsText(obstacles, terminal);
          if (!options.continueOnError) {
            terminal.print({ exitCode: FAILED, preflight: obstacles, stacks: [] }, () =>
              [text, "", STOPPED].join("\n"),
            );
            return FAILED;
          }
          terminal.say(text);
        }
        if (!options.yes && !options.skipPreview) {
          const seen = await look(plan, options, terminal);
          const code = exitCodeOf(seen);
          if (code !== 0) {
            return report(terminal, seen, true);
          }
          terminal.say(`\n${summary(seen, true)}\n`);
        }
        if (!options.yes) {
          await confirm(`Deploy this to mesh ${plan.mesh}?`, "yes", terminal.signal);
        }
        return report(terminal, await run(plan, "up", options, terminal), false);
      }),
    );
}

export function destroy(program: Command, context: MeshContext): void {
  addCommand(program, "destroy", "remove the clusters' stacks side by side, then trust")
    .addOption(refreshOption())
    .option("--continue-on-error", "go on with what doesn't depend on what failed")
    .option("--remove", "forget the stacks, too: their history and their secrets' key")
    .option("--delete-foreign", "also delete objects of Istio's kinds that no stack made")
    .option("-y, --yes", "destroy without asking for the mesh's name")
    .action((names: string[], options: Options) =>
      context.run(async (terminal) => {
        if (!options.yes) {
          requireSomebody();
        }
        const plan = await open(await context.project(), names, "destroy");
        if (!options.deleteForeign) {
          await refuseForeignObjects(plan.project, plan.opened.members);
        }
        if (!options.yes) {
          const stacks = plan.waves
            .flatMap((wave) => wave.stacks.map(({ stack }) => stack))
            .join(", ");
          await confirm(
            `This deletes everything that ${stacks} have made, the mesh's certificates with it.`,
            plan.mesh,
            terminal.signal,
          );
        }
        const outcomes = await run(plan, "destroy", options, terminal, destroyAndTidy(plan));
        return report(terminal, outcomes, false);
      }),
    );
}

const FAILED = 1;
const STOPPED =
  "Nothing was changed: mend this and run it again, or go on anyhow with --skip-preflight";

/** What would keep the stacks from being deployed. */
async function findObstacles({ opened }: Plan, { signal }: Terminal): Promise<Finding[]> {
  const findings = await preflight(opened, { signal });
  return findings.filter(({ severity }) => severity === "error");
}

const addCommand = (program: Command, name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .argument("[stack...]", "stacks, e.g. ncloud (default: all that have a file)")
    .addHelpText("after", EXIT_CODES);

const refreshOption = (): Option =>
  new Option("--refresh", "look at the clusters first instead of trusting the state");
const policyOption = (): Option =>
  new Option("--policy-pack <dir...>", "policy packs to hold the stacks to, e.g. policy");
const policyConfigOption = (): Option =>
  new Option("--policy-pack-config <file...>", "levels and exemptions, a JSON file for each pack");

/** The stacks that a command runs, in order. */
interface Plan {
  readonly project: Project;
  /** The mesh's ID. */
  readonly mesh: string;
  readonly opened: OpenMesh;
  readonly trust: string | undefined;
  readonly waves: readonly Wave[];
}

async function open(
  project: Project,
  names: readonly string[],
  operation: Operation,
): Promise<Plan> {
  const opened = await openMesh(project, names);
  const stacks = stacksOf(opened);
  return {
    project,
    mesh: opened.mesh.id,
    opened,
    trust: stacks.trust?.stack,
    waves: waves(stacks, operation),
  };
}

/**
 * Previews the stacks. The clusters' stacks take their certificates from the trust stack; before it is
 * deployed for the first time there is nothing in them to preview.
 */
async function look(plan: Plan, options: Options, terminal: Terminal): Promise<StackOutcome[]> {
  const [first, ...later] = plan.waves;
  const waits =
    plan.trust !== undefined && later.length > 0 && !(await isDeployed(plan.project, plan.trust));
  const outcomes = await run(
    { ...plan, waves: waits && first ? [first] : plan.waves },
    "preview",
    options,
    terminal,
  );
  const reason = `can be previewed once ${plan.trust} is up`;
  return waits
    ? [
        ...outcomes,
        ...later.flatMap(({ stacks }) =>
          stacks.map(({ stack }) => ({ stack, state: "skipped" as const, reason })),
        ),
      ]
    : outcomes;
}

const run = (
  { project, waves }: Plan,
  operation: Operation,
  { policyPack, policyPackConfig, ...options }: Options,
  { output, signal }: Terminal,
  runOne?: RunOne,
): Promise<StackOutcome[]> =>
  drive(
    project,
    operation,
    waves,
    {
      ...options,
      // The CLI runs in the project's folder, whatever this process's own is.
      policyPacks: policyPack?.map((folder) => resolve(folder)),
      policyPackConfigs: policyPackConfig?.map((file) => resolve(file)),
      output,
      signal,
    },
    runOne,
  );

const destroyAndTidy =
  ({ opened }: Plan): RunOne =>
  async (...args) => {
    const result = await runStack(...args);
    const member = opened.members.find(({ settings }) => settings.stack === args[1].stack);
    if (member !== undefined) {
      await tidy(await member.client());
    }
    return result;
  };

function report({ print }: Terminal, outcomes: readonly StackOutcome[], details: boolean): number {
  const exitCode = exitCodeOf(outcomes);
  print({ exitCode, stacks: outcomes }, () => `\n${summary(outcomes, details)}`);
  return exitCode;
}
