import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { runner, strictly, type Terminal } from "../cli/command-line";
import { runStages } from "../cli/steps";
import { UserError } from "../config/errors";
import { exec } from "../lab/exec";
import type { Project } from "../mesh/project";
import { chooseImages } from "./choose";
import {
  CONTAINER_ENGINES,
  ENGINE_NAMES,
  type CommandLine,
  type ContainerEngine,
  type EngineName,
  type ImageBuild,
} from "./engines";
import { findEngine } from "./find-engine";
import {
  parseBuildArgument,
  parseDigest,
  parsePlatforms,
  parseRegistry,
  parseTag,
} from "./reference";
import { pushImage, runAll, type RunCommand } from "./run";
import { saveReferences, type PinnedImage } from "./save";
import { versionOf, type AppImage } from "./table";

const ROOT = join(__dirname, "..");

const EXIT_CODES = `
Without names it is about all images, whose versions are those of their package.json. Exit codes:
0 done · 1 the container engine failed · 2 wrong use, or no container engine · 130 interrupted`;

interface Options {
  readonly registry: string;
  readonly platform: string;
  readonly tag?: string;
  readonly buildArg: readonly string[];
  readonly engine?: EngineName;
  readonly dryRun: boolean;
  readonly save: boolean;
}

/** An image, and what it is built as. */
interface Job {
  readonly image: AppImage;
  readonly build: ImageBuild;
}

const program = new Command("npm run images --")
  .description("Builds and pushes the images of our applications with docker or podman.")
  .option("--json", "print one JSON document instead of text")
  .option("--project <dir>", "folder of Pulumi.yaml and the stacks' files", ROOT)
  .addHelpText("after", EXIT_CODES);
strictly(program);
const main = runner(program, { afterInterrupt: "what was pushed stays." });

const command = (name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .argument("[images...]", "which, e.g. user-service clova")
    .requiredOption(
      "--registry <registry>",
      "where they belong, e.g. harbor.example.com/theater-msa",
    )
    .option("--tag <tag>", "their tag instead of their versions")
    .addOption(new Option("--engine <engine>", "what builds them").choices(ENGINE_NAMES))
    .option("--dry-run", "print the commands and run none", false)
    .addHelpText("after", EXIT_CODES);

const building = (name: string, description: string): Command =>
  command(name, description)
    .option("--platform <list>", "what they run on", "linux/amd64,linux/arm64")
    .option(
      "--build-arg <NAME=value>",
      "argument of the Dockerfiles, e.g. BASE_IMAGE; may be repeated",
      (text: string, before: readonly string[]) => [...before, text],
      [],
    );

building("build", "build the images, and push nothing").action(
  (names: string[], options: Options) =>
    main(async (terminal) => {
      const jobs = jobsOf(names, options);
      const engine = await engineOf(options, terminal);
      if (options.dryRun) {
        return show(
          terminal,
          jobs.flatMap(({ build }) => engine.build(build)),
        );
      }
      await each(jobs, terminal, async ({ build }, run) => {
        await runAll(engine.build(build), run);
      });
      const images = jobs.map(({ image, build }) => ({
        name: image.name,
        reference: build.reference,
        platforms: build.platforms,
      }));
      terminal.print({ images }, () => images.map(({ reference }) => reference).join("\n"));
      return 0;
    }),
);

building("push", "build the images, push them, and say their digests")
  .option(
    "--save",
    "also write the references where the stacks' files configure the applications",
    false,
  )
  .action((names: string[], options: Options) =>
    main(async (terminal) => {
      const jobs = jobsOf(names, options);
      const engine = await engineOf(options, terminal);
      if (options.dryRun) {
        return show(
          terminal,
          jobs.flatMap(({ build }) => engine.push(build, "<file>")),
        );
      }
      const pinned: PinnedImage[] = [];
      await each(jobs, terminal, async ({ image, build }, run) => {
        const digest = await pushImage(engine, build, run);
        pinned.push({ image, reference: `${build.reference}@${digest}` });
        return digest;
      });
      return tell(terminal, pinned, options.save);
    }),
  );

command(
  "tag",
  "write what the registry has, by digest, where the stacks' files configure the applications",
).action((names: string[], options: Omit<Options, "platform" | "buildArg" | "save">) =>
  main(async (terminal) => {
    const jobs = jobsOf(names, { ...options, platform: "linux/amd64", buildArg: [] });
    const engine = await engineOf(options, terminal);
    if (options.dryRun) {
      return show(
        terminal,
        jobs.map(({ build }) => engine.lookUp(build.reference)),
      );
    }
    const pinned: PinnedImage[] = [];
    await each(jobs, terminal, async ({ image, build }, run) => {
      const digest = parseDigest(await runAll([engine.lookUp(build.reference)], run));
      pinned.push({ image, reference: `${build.reference}@${digest}` });
      return digest;
    });
    return tell(terminal, pinned, true);
  }),
);

/** @throws UserError for the first thing that was asked for and can't be */
function jobsOf(
  names: readonly string[],
  {
    registry,
    platform,
    tag,
    buildArg,
  }: Pick<Options, "registry" | "platform" | "tag" | "buildArg">,
): readonly Job[] {
  const host = parseRegistry(registry);
  const platforms = parsePlatforms(platform);
  const buildArguments = buildArg.map(parseBuildArgument);
  const given = tag === undefined ? undefined : parseTag(tag);
  return chooseImages(names).map((image) => ({
    image,
    build: {
      reference: `${host}/${image.name}:${given ?? versionOf(image)}`,
      dockerfile: `apps/${image.app}/Dockerfile`,
      target: image.target,
      platforms,
      buildArguments,
    },
  }));
}

/** A dry run takes an engine's word for being there, if it names one. */
const engineOf = async (
  { engine, dryRun }: Pick<Options, "engine" | "dryRun">,
  { signal }: Terminal,
): Promise<ContainerEngine> =>
  engine !== undefined && dryRun
    ? CONTAINER_ENGINES[engine]
    : findEngine(
        engine,
        runnerOf(() => undefined, signal),
      );

/** One image after the other: they share nearly all of what is built. */
async function each(
  jobs: readonly Job[],
  { output, signal }: Terminal,
  work: (job: Job, run: RunCommand) => Promise<string | void>,
): Promise<void> {
  await runStages(
    jobs.map((job) => ({
      title: job.image.name,
      steps: [
        {
          title: job.build.reference,
          run: (report) => work(job, runnerOf(report, signal)),
        },
      ],
    })),
    output,
  );
}

const runnerOf =
  (onLine: (line: string) => void, signal: AbortSignal): RunCommand =>
  ([program, ...args]) =>
    exec(program, args, { cwd: ROOT, onLine, signal }).catch((error: unknown) => {
      throw (error as NodeJS.ErrnoException).code === "ENOENT"
        ? new UserError(`There is no ${program} on the PATH: install it, or push with --save`, 2)
        : error;
    });

function show({ print }: Terminal, lines: readonly CommandLine[]): number {
  const commands = lines.map(({ command: words }) => words);
  print({ commands }, () => commands.map((words) => words.map(quoted).join(" ")).join("\n"));
  return 0;
}

/** As a shell takes it. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** @throws UserError where there is no project */
function projectOf(dir: string): Project {
  if (!existsSync(join(dir, "Pulumi.yaml"))) {
    throw new UserError(
      `There is no ${join(dir, "Pulumi.yaml")}: write its folder to --project`,
      2,
    );
  }
  return { dir, env: {} };
}

function tell({ print }: Terminal, pinned: readonly PinnedImage[], save: boolean): number {
  const saved = save
    ? saveReferences(projectOf(program.opts<{ project: string }>().project), pinned)
    : [];
  if (save && saved.length === 0) {
    throw new UserError(
      `No stack's file configures ${pinned.map(({ image }) => image.name).join(", ")}, so nothing was written: enable the applications there first`,
    );
  }
  const images = pinned.map(({ image, reference }) => ({ name: image.name, reference }));
  print({ images, saved }, () =>
    [...images.map(({ reference }) => reference), ...saved.map((file) => `${file} says so.`)].join(
      "\n",
    ),
  );
  return 0;
}

void program.parseAsync();
