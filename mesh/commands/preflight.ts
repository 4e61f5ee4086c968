import type { Command } from "commander";
import type { MeshContext } from "../command";
import { exitCodeOf } from "../finding";
import { findingsReport, findingsText } from "../findings-text";
import { openMesh } from "../open";
import { preflight as look } from "../preflight";

const EXIT_CODES = `
Exit codes: 0 nothing keeps the stacks from being deployed · 1 something does · 2 wrong use or wrong
configuration. What every check looks at: docs/preflight.md.`;

interface Options {
  readonly strict?: boolean;
  readonly verbose?: boolean;
}

export function preflight(program: Command, context: MeshContext): void {
  program
    .command("preflight")
    .description(
      "look at configuration and clusters before the stacks are deployed; changes nothing",
    )
    .argument("[stack...]", "stacks, e.g. ncloud (default: all that have a file)")
    .option("--strict", "fail on warnings too")
    .option("-v, --verbose", "say also what is in order, sentence by sentence")
    .addHelpText("after", EXIT_CODES)
    .action((names: string[], { strict = false, verbose = false }: Options) =>
      context.run(async ({ print, colour, signal }) => {
        const mesh = await openMesh(await context.project(), names);
        const findings = await look(mesh, { signal });
        print(findingsReport(findings), () =>
          findingsText(findings, { colour, ok: verbose ? "sentences" : "names" }),
        );
        return exitCodeOf(findings, strict);
      }),
    );
}
