import { writeFile } from "node:fs/promises";
import { Option, type Command } from "commander";
import type { Terminal } from "../../cli/command-line";
import { UserError } from "../../config/errors";
import type { MeshContext } from "../command";
import { openMesh } from "../open";
import { lookAtTopology } from "../topology";
import { summaryOf } from "../topology/describe";
import { FORMATS, formatOf, type Format } from "../topology/formats";
import type { Topology } from "../topology/model";

const EXIT_CODES = `
Exit codes: 0 drawn, whatever the mesh looks like · 1 the file can't be written · 2 wrong use or wrong
configuration. What the picture shows: docs/topology.md.`;

interface Options {
  readonly format?: Format;
  readonly out?: string;
}

export function topology(program: Command, context: MeshContext): void {
  program
    .command("topology")
    .description(
      "draw the mesh as it is: clusters, gateways, directions, who answers which service",
    )
    .argument("[stack...]", "stacks, e.g. ncloud (default: all that have a file)")
    .addOption(
      new Option(
        "--format <format>",
        "what to draw (default: what --out's name says, else svg)",
      ).choices(Object.keys(FORMATS)),
    )
    .option("--out <file>", "write to a file instead of standard output")
    .addHelpText("after", EXIT_CODES)
    .action((names: string[], { format, out }: Options) =>
      context.run(async (terminal) => {
        const chosen = chooseFormat(format, out, terminal.json);
        if (chosen === "png" && out === undefined && process.stdout.isTTY) {
          throw new UserError("A PNG is no text for a terminal: add --out FILE", 2);
        }
        const drawn = await lookAtTopology(
          await openMesh(await context.project(), names),
          terminal.signal,
        );
        await deliver(await FORMATS[chosen](drawn), { chosen, out, drawn }, terminal);
        return 0;
      }),
    );
}

/** @throws UserError where the options contradict each other */
export function chooseFormat(
  format: Format | undefined,
  out: string | undefined,
  json: boolean,
): Format {
  if (json && out === undefined) {
    if (format !== undefined && format !== "json") {
      throw new UserError(
        `--json prints the picture's data, not ${format}: leave one of the two out, or add --out FILE`,
        2,
      );
    }
    return "json";
  }
  const named = out === undefined ? undefined : formatOf(out);
  if (out !== undefined && format === undefined && named === undefined) {
    throw new UserError(
      `${out} doesn't say what to draw: call it .svg, .png, .mmd or .json, or add --format`,
      2,
    );
  }
  return format ?? named ?? "svg";
}

async function deliver(
  content: string | Buffer,
  { chosen, out, drawn }: { chosen: Format; out: string | undefined; drawn: Topology },
  { print }: Terminal,
): Promise<void> {
  if (out === undefined) {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(content, (error) => (error ? reject(error) : resolve()));
    });
    return;
  }
  await writeFile(out, content).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      `${out} can't be written (${error.code ?? error.message}): choose another --out`,
    );
  });
  print({ file: out, format: chosen, missing: drawn.missing }, () =>
    [`${out}: ${summaryOf(drawn)}`, ...drawn.missing].join("\n"),
  );
}
