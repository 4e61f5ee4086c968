import { InvalidArgumentError, Option, type Command } from "commander";
import { durationSeconds, wholeNumber } from "../../cli/arguments";
import type { MeshContext } from "../command";
import { openMesh } from "../open";
import { watchMesh } from "../watch";
import type { Frame } from "../watch/frame";
import { logLinesOf, screenOf } from "../watch/frame-text";

const EXIT_CODES = `
Exit codes: 0 ended by Ctrl-C or --count, whatever the mesh looks like · 2 wrong use or wrong
configuration. What is shown: docs/topology.md.`;

const INTERVAL_SECONDS = 2;

interface Options {
  readonly interval: number;
  readonly count?: number;
}

export function watch(program: Command, context: MeshContext): void {
  program
    .command("watch")
    .description("show what flows between the clusters, live; sends and changes nothing")
    .argument("[stack...]", "stacks, e.g. ncloud (default: all that have a file)")
    .addOption(
      new Option("--interval <duration>", "how often to look, e.g. 5s")
        .argParser(interval)
        .default(INTERVAL_SECONDS, `${INTERVAL_SECONDS}s`),
    )
    .addOption(
      new Option("--count <n>", "end after so many looks").argParser(wholeNumber(1, 1_000_000)),
    )
    .addHelpText("after", EXIT_CODES)
    .action((names: string[], { interval: intervalSeconds, count = Infinity }: Options) =>
      context.run(async ({ json, colour, signal, output, say }) => {
        const mesh = await openMesh(await context.project(), names);
        const isScreen = output === "terminal";
        if (isScreen) {
          say("Looking …");
        }
        const screen = isScreen ? terminalScreen(colour) : undefined;
        const show = (frame: Frame): void =>
          screen === undefined ? writeLines(linesOf(frame, json)) : screen.draw(frame);
        let shown = 0;
        try {
          for await (const frame of watchMesh(mesh, { signal, intervalSeconds })) {
            show(frame);
            if (++shown >= count) {
              break;
            }
          }
        } finally {
          screen?.leave();
        }
        return 0;
      }),
    );
}

/** @returns seconds, at least one */
function interval(text: string): number {
  const seconds = durationSeconds(text);
  if (seconds < 1) {
    throw new InvalidArgumentError("Write at least 1s.");
  }
  return seconds;
}

const linesOf = (frame: Frame, json: boolean): string[] =>
  json ? [JSON.stringify(frame)] : logLinesOf(frame);

const writeLines = (lines: readonly string[]): void =>
  void process.stdout.write(lines.map((line) => `${line}\n`).join(""));

const ALTERNATE_SCREEN = "\u001b[?1049h\u001b[?25l";
const LEAVE_IT = "\u001b[?25h\u001b[?1049l";
const HOME = "\u001b[H";
const CLEAR_LINE = "\u001b[K";
const CLEAR_BELOW = "\u001b[J";

/** Draws over itself, on the screen that leaves no trace; the last frame stays behind. */
function terminalScreen(colour: boolean): { draw(frame: Frame): void; leave(): void } {
  let last: Frame | undefined;
  const lines = (frame: Frame, height: number): string[] =>
    screenOf(frame, { colour, width: process.stdout.columns || 80, height });
  return {
    draw(frame) {
      const text = lines(frame, process.stdout.rows || 24).join(`${CLEAR_LINE}\n`);
      process.stdout.write(
        `${last ? "" : ALTERNATE_SCREEN}${HOME}${text}${CLEAR_LINE}${CLEAR_BELOW}`,
      );
      last = frame;
    },
    leave() {
      if (last !== undefined) {
        process.stdout.write(LEAVE_IT);
        writeLines(lines(last, process.stdout.rows || 24));
      }
    },
  };
}
