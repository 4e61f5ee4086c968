import type { Command } from "commander";
import { UserError } from "../config/errors";
import type { StepOutput } from "./steps";

/** What a command has to talk to its user with. */
export interface Terminal {
  readonly json: boolean;
  /** Colours are for people: only on a terminal, and not under NO_COLOR (no-color.org). */
  readonly colour: boolean;
  /** How progress is shown. */
  readonly output: StepOutput;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** The command's one result: text, or JSON after `--json`. */
  readonly print: (value: unknown, text: () => string) => void;
  /** Text beside the result; beside JSON it goes where it doesn't disturb. */
  readonly say: (text: string) => void;
}

/** What differs between one command line and another. */
export interface CommandLine {
  /** What to do after an interruption, one sentence. */
  readonly afterInterrupt: string;
  /** Where to look when something unforeseen fails, one line; none if absent. */
  readonly logs?: string;
}

/** A command's work: resolves to its exit code. */
export type Work = (terminal: Terminal) => Promise<number>;
export type Run = (work: Work) => Promise<void>;

const INTERRUPTED = 130;
const WRONG_USE = 2;

/** Wrong use of a program ends with exit code 2, and with one sentence. */
export const strictly = (program: Command): Command =>
  program
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : WRONG_USE);
    });

/**
 * Runs commands to their exit code; the one place where errors turn into text.
 *
 * `program` has the option `--json`.
 */
export const runner =
  (program: Command, { afterInterrupt, logs }: CommandLine): Run =>
  async (work) => {
    const interrupt = new AbortController();
    process.once("SIGINT", () => interrupt.abort());
    process.once("SIGTERM", () => interrupt.abort());
    try {
      process.exitCode = await work(terminal(program, interrupt.signal));
    } catch (error) {
      if (interrupt.signal.aborted) {
        console.error(`Interrupted: ${afterInterrupt}`);
        process.exitCode = INTERRUPTED;
      } else if (error instanceof UserError) {
        console.error(error.message);
        process.exitCode = error.exitCode;
      } else {
        console.error(
          [error instanceof Error ? error.message : String(error), logs].filter(Boolean).join("\n"),
        );
        if (process.env["MESH_DEBUG"]) {
          console.error(error);
        }
        process.exitCode = 1;
      }
    }
  };

function terminal(program: Command, signal: AbortSignal): Terminal {
  const json = program.opts<{ json?: boolean }>().json === true;
  return {
    json,
    colour: !json && process.stdout.isTTY === true && !process.env["NO_COLOR"],
    output: json ? "none" : process.stdout.isTTY ? "terminal" : "lines",
    signal,
    print(value, text) {
      console.log(json ? JSON.stringify(value, null, 2) : text());
    },
    say(text) {
      (json ? process.stderr : process.stdout).write(`${text}\n`);
    },
  };
}
