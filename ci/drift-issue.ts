import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { runner, strictly } from "../cli/command-line";
import { UserError } from "../config/errors";
import type { StackOutcome } from "../mesh/drive/drive";
import { driftOf, issueStep, type Drift } from "./drift";

const TITLE = "Drift: a cluster is not as the program says";

const program = strictly(
  new Command("npm run drift-issue --")
    .description("Opens, updates or closes the one issue about drift, by GitHub's CLI.")
    .argument("<report>", "what `npm run mesh -- --json preview --refresh` printed")
    .option("--json", "print one JSON document instead of text")
    .addHelpText("after", "\nExit codes: 0 said · 1 a stack could not be looked at · 2 wrong use."),
);

const gh = (...args: string[]): string => execFileSync("gh", args, { encoding: "utf8" });

function readReport(file: string): Drift {
  try {
    const { stacks } = JSON.parse(readFileSync(file, "utf8")) as { stacks: StackOutcome[] };
    return driftOf(stacks);
  } catch {
    throw new UserError(
      `${file} is not the report of a preview: write it with npm run --silent mesh -- --json preview --refresh`,
      2,
    );
  }
}

program.action((file: string) =>
  runner(program, { afterInterrupt: "run it again." })(({ print }) => {
    const drift = readReport(file);
    const found = JSON.parse(
      gh("issue", "list", "--state", "open", "--search", `in:title "${TITLE}"`, "--json", "number"),
    ) as { number: number }[];
    const number = found[0] === undefined ? undefined : String(found[0].number);
    const step = issueStep(drift, number !== undefined);
    if (step === "open") {
      gh("issue", "create", "--title", TITLE, "--body", drift.body);
    } else if (step === "update") {
      gh("issue", "edit", number as string, "--body", drift.body);
    } else if (step === "close") {
      gh("issue", "close", number as string, "--comment", drift.body);
    }
    print({ ...drift, step }, () => `${drift.body}\nIssue: ${step}`);
    return Promise.resolve(drift.state === "failed" ? 1 : 0);
  }),
);
void program.parseAsync();
