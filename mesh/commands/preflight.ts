import { InvalidArgumentError, type Command } from "commander";
import type { MeshContext } from "../command";
import { exitCodeOf } from "../finding";
import { findingsReport, findingsText } from "../findings-text";
import { openMesh } from "../open";
import { preflight as look, TIMEOUT_SECONDS } from "../preflight";

const EXIT_CODES = `
Exit codes: 0 nothing keeps the stacks from being deployed · 1 something does · 2 wrong use or wrong
configuration. What every check looks at: docs/preflight.md.`;

interface Options {
  readonly strict: boolean;
  readonly verbose: boolean;
  readonly timeout: number;
}

export function preflight(program: Command, context: MeshContext): void {
  program
    .command("preflight")
    .description(
      "look at configuration and clusters before the stacks are deployed; changes nothing",
    )
    .argument("[stack...]", "stacks, e.g. ncloud (default: all that have a file)")
    .option("--strict", "fail on warnings too", false)
    .option("-v, --verbose", "say also what is in order, sentence by sentence", false)
    .option("--timeout <seconds>", "how long to wait for a cluster", seconds, TIMEOUT_SECONDS)
    .addHelpText("after", EXIT_CODES)
    .action((names: string[], { strict, verbose, timeout }: Options) =>
      context.run(async ({ print, colour, signal }) => {
        const mesh = await openMesh(await context.project(), names);
        const findings = await look(mesh, { signal, timeoutSeconds: timeout });
        print(findingsReport(findings), () =>
          findingsText(findings, { colour, ok: verbose ? "sentences" : "names" }),
        );
        return exitCodeOf(findings, strict);
      }),
    );
}

function seconds(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new InvalidArgumentError("Write a whole number of seconds, from 1.");
  }
  return number;
}
