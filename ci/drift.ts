import type { StackOutcome } from "../mesh/drive/drive";

/** What a nightly look at the clusters came to. */
export interface Drift {
  readonly state: "same" | "drifted" | "failed";
  /** Markdown. */
  readonly body: string;
}

const LABELS: Readonly<Partial<Record<string, string>>> = {
  create: "is missing",
  update: "differs",
  replace: "would be replaced",
  delete: "is too much",
};

/** Reads what `mesh --json preview --refresh` printed. A stack that can't be looked at isn't the same. */
export function driftOf(outcomes: readonly StackOutcome[]): Drift {
  const failed = outcomes.flatMap((outcome) =>
    outcome.state === "failed" ? [`- \`${outcome.stack}\`: ${outcome.reasons.join(" ")}`] : [],
  );
  const changed = outcomes.flatMap((outcome) =>
    outcome.state === "done"
      ? outcome.resources
          .filter(({ operation, type }) => operation in LABELS && !type.startsWith("pulumi:"))
          .map(
            ({ operation, type, name, properties }) =>
              `- \`${outcome.stack}\`: ${type.split(":").at(-1)} \`${name}\` ${LABELS[operation]}${properties.length > 0 ? ` (${properties.join(", ")})` : ""}`,
          )
      : [],
  );
  if (failed.length > 0) {
    return {
      state: "failed",
      body: [
        "These stacks can't be compared with their clusters:",
        "",
        ...failed,
        "",
        ...changed,
      ].join("\n"),
    };
  }
  return changed.length > 0
    ? {
        state: "drifted",
        body: [
          "What runs in the clusters is no longer what the program says:",
          "",
          ...changed,
          "",
          "Take the change into the program, or let `npm run mesh -- up --refresh` undo it.",
        ].join("\n"),
      }
    : { state: "same", body: "Everything is as the program says." };
}

/** What to do about the one issue, given whether it is open. */
export type IssueStep = "open" | "update" | "close" | "nothing";

export const issueStep = ({ state }: Drift, isOpen: boolean): IssueStep =>
  state === "same" ? (isOpen ? "close" : "nothing") : isOpen ? "update" : "open";
