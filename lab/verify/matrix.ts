import { table } from "../../cli/table";
import type { Cell, Verification } from "./verification";

/** The verification as people read it: who asked, who answered, how often and how fast. */
export function renderMatrix({ rows, problems }: Verification): string {
  const clusters = rows.map(({ from }) => from);
  const versions = Object.fromEntries(
    clusters.map((to) => [to, rows.map((row) => row.to[to]?.version).find(Boolean)]),
  );
  const header = [
    "from \\ answered by",
    ...clusters.map((to) => `${to} (${versions[to] ?? "?"})`),
    "failed",
    "caller",
  ];
  const body = rows.map((row) => [
    row.from,
    ...clusters.map((to) => cell(row.to[to])),
    String(row.failed),
    row.callers.join(", ") || "none",
  ]);
  const sync = rows.map(
    ({ from, peers }) =>
      `istiod of ${from}: ${
        peers
          .filter(({ id }) => id !== from)
          .map(({ id, syncStatus }) => `${id} ${syncStatus}`)
          .join(", ") || "no peers"
      }`,
  );
  return [table([header, ...body]), "", ...sync, ...problems.map((text) => `✖ ${text}`)].join("\n");
}

const cell = (value: Cell | undefined): string =>
  value === undefined || value.answers === 0
    ? "0"
    : `${value.answers}  p50 ${value.p50.toFixed(1)} ms, p99 ${value.p99.toFixed(1)} ms`;
