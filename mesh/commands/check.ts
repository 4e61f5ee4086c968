import { Option, type Command } from "commander";
import { durationSeconds, wholeNumber } from "../../cli/arguments";
import { runStages, type StepOutput } from "../../cli/steps";
import { check as look, type CheckResult } from "../check";
import { checkReport, checkText } from "../check/report";
import { enoughRequests } from "../check/traffic/send";
import { untilGood } from "../check/wait";
import type { MeshContext } from "../command";
import { exitCodeOf } from "../finding";
import { openMesh } from "../open";

const EXIT_CODES = `
Exit codes: 0 the mesh is as it should be · 1 it isn't · 2 wrong use or wrong configuration. What every
check looks at: docs/check.md.`;

/** Enough for the 99th percentile to mean something. */
const LEAST_REQUESTS = 200;
const MOST_REQUESTS = 10_000;

interface Options {
  readonly wait?: number;
  readonly requests?: number;
  readonly strict?: boolean;
  readonly verbose?: boolean;
}

export function check(program: Command, context: MeshContext): void {
  program
    .command("check")
    .description(
      "look at the mesh that is deployed, in every cluster and every direction; changes nothing",
    )
    .argument("[stack...]", "stacks, e.g. ncloud (default: all that have a file)")
    .addOption(
      new Option(
        "--wait <duration>",
        "repeat until nothing is wrong, for at most this long, e.g. 5m",
      ).argParser(durationSeconds),
    )
    .addOption(
      new Option(
        "--requests <n>",
        "requests from each cluster's echo pod; 0 for none (default: 200, more in a large mesh)",
      ).argParser(wholeNumber(0, MOST_REQUESTS)),
    )
    .option("--strict", "fail on warnings too")
    .option("-v, --verbose", "say also what is in order, sentence by sentence")
    .addHelpText("after", EXIT_CODES)
    .action((names: string[], { wait = 0, strict = false, verbose = false, ...options }: Options) =>
      context.run(async ({ print, colour, output, signal }) => {
        const project = await context.project();
        const mesh = await openMesh(project, names);
        const trialRequests = enoughRequests(mesh.mesh.clusters.length);
        const requests = options.requests ?? Math.max(LEAST_REQUESTS, trialRequests);
        const run = (count: number): Promise<CheckResult> =>
          look(project, mesh, { signal, requests: count });
        const result =
          wait === 0
            ? await run(requests)
            : await shown(output, wait, (progress) =>
                untilGood(run, { signal, seconds: wait, requests, trialRequests, progress }),
              );
        print(checkReport(result), () => checkText(result, { colour, verbose }));
        return exitCodeOf(result.findings, strict);
      }),
    );
}

/** Shows what a wait is at. */
async function shown<T>(
  output: StepOutput,
  seconds: number,
  work: (progress: (line: string) => void) => Promise<T>,
): Promise<T> {
  let result: T | undefined;
  const step = {
    title: `All that the checks look at, for up to ${seconds} s`,
    run: async (report: (line: string) => void) => {
      result = await work(report);
    },
  };
  await runStages([{ title: "Waiting until nothing is wrong", steps: [step] }], output);
  return result as T;
}
