import { table } from "../../cli/table";
import { describeChanges } from "../changes";
import type { ResourceChange } from "../stack-run";
import type { StackOutcome } from "./drive";

/** What came of every stack, as people read it. */
export function summary(outcomes: readonly StackOutcome[], details: boolean): string {
  const rows = outcomes.map((outcome) => [outcome.stack, ...line(outcome)]);
  return [
    table([["stack", "result", "time"], ...rows]),
    ...(details ? outcomes.flatMap(changeLines) : []),
    ...notes(outcomes),
  ].join("\n");
}

function line(outcome: StackOutcome): [string, string] {
  switch (outcome.state) {
    case "done":
      return [describeChanges(outcome.changes), `${outcome.seconds} s`];
    case "failed":
      return ["failed", ""];
    case "skipped":
      return [`not run: ${outcome.reason}`, ""];
  }
}

const SIGNS: Readonly<Partial<Record<ResourceChange["operation"], string>>> = {
  create: "+",
  delete: "-",
  update: "~",
  replace: "±",
  "create-replacement": "+",
  "delete-replaced": "-",
};

/** `  ~ Release control-plane-istiod (values.pilot)`, for every resource that changes. */
function changeLines(outcome: StackOutcome): string[] {
  if (outcome.state !== "done") {
    return [];
  }
  const changed = outcome.resources.filter(
    ({ type }) => !type.startsWith("pulumi:pulumi:") && !type.startsWith("mesh:"),
  );
  return changed.length === 0
    ? []
    : [
        "",
        `${outcome.stack}:`,
        ...changed.map(
          ({ operation, type, name, properties }) =>
            `  ${SIGNS[operation] ?? operation} ${type.split(":").at(-1)} ${name}${properties.length > 0 ? ` (${properties.join(", ")})` : ""}`,
        ),
      ];
}

function notes(outcomes: readonly StackOutcome[]): string[] {
  const lines = outcomes.flatMap((outcome) => {
    switch (outcome.state) {
      case "done":
        return [
          ...outcome.warnings.map((text) => `! ${outcome.stack}: ${text}`),
          ...outcome.notes.map((text) => `i ${outcome.stack}: ${text}`),
        ];
      case "failed":
        return outcome.reasons.map((text) => `✖ ${outcome.stack}: ${text}`);
      case "skipped":
        return [];
    }
  });
  return lines.length > 0 ? ["", ...lines] : [];
}
