import { writeFile } from "node:fs/promises";
import { Option, type Command } from "commander";
import { wholeNumber } from "../../cli/arguments";
import { runStages } from "../../cli/steps";
import { UserError } from "../../config/errors";
import { collect, type Bundle } from "../bundle";
import type { MeshContext } from "../command";
import { openMesh } from "../open";
import { count } from "../preflight/text";

const EXIT_CODES = `
Exit codes: 0 written, whatever the mesh looks like · 1 the file can't be written · 2 wrong use or wrong
configuration. What is in it, and what isn't: docs/topology.md.`;

const MEBIBYTE = 1_048_576;
const MOST_MEBIBYTES = 64;
const LOG_LINES = 2000;

interface Options {
  readonly out?: string;
  readonly maxSize: number;
  readonly logLines: number;
  readonly applicationLogs: boolean;
}

export function bundle(program: Command, context: MeshContext): void {
  program
    .command("bundle")
    .description("collect what a helper needs to see into one archive, secrets removed")
    .argument("[stack...]", "stacks, e.g. ncloud (default: all that have a file)")
    .option("--out <file>", "file to write (default: mesh-bundle-<mesh>-<time>.tar.gz)")
    .addOption(
      new Option("--max-size <MiB>", "all files together at most, before they are compressed")
        .argParser(wholeNumber(1, 1024))
        .default(MOST_MEBIBYTES),
    )
    .addOption(
      new Option("--log-lines <n>", "of each container's log, the last ones")
        .argParser(wholeNumber(0, 100_000))
        .default(LOG_LINES),
    )
    .option("--application-logs", "logs of the applications' own containers, too", false)
    .addHelpText("after", EXIT_CODES)
    .action((names: string[], { out, maxSize, ...options }: Options) =>
      context.run(async ({ print, output, signal }) => {
        const project = await context.project();
        const collection = collect(project, await openMesh(project, names), {
          ...options,
          maxBytes: maxSize * MEBIBYTE,
          signal,
        });
        await runStages(collection.stages, output);
        signal.throwIfAborted();
        const made = await collection.finish();
        const file = out ?? `${made.folder}.tar.gz`;
        await save(file, made);
        print(
          { file, bytes: made.archive.length, files: made.files.length, leftOut: made.leftOut },
          () => describe(file, made),
        );
        return 0;
      }),
    );
}

/** For its owner's eyes; what is there stays. */
async function save(file: string, { archive }: Bundle): Promise<void> {
  await writeFile(file, archive, { mode: 0o600, flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new UserError(
        error.code === "EEXIST"
          ? `${file} is there already: choose another --out, or remove it`
          : `${file} can't be written (${error.code ?? error.message}): choose another --out`,
      );
    },
  );
}

const describe = (file: string, { archive, files, leftOut }: Bundle): string =>
  [
    "",
    `${file}: ${count(files.length, "file")}, ${Math.ceil(archive.length / 1024)} KiB, secrets removed. Look through it before you hand it on.`,
    ...(leftOut.length > 0
      ? ["Left out:", ...leftOut.map(({ what, why }) => `  ${what} (${why})`)]
      : []),
  ].join("\n");
