import { table } from "../../../cli/table";
import type { EchoAnswer } from "./answer";

/** How often, and how fast, a cluster answered another. */
export interface Cell {
  readonly answers: number;
  readonly version: string | undefined;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Who answered one cluster. */
export interface Row {
  readonly from: string;
  /** By answering cluster. */
  readonly to: Readonly<Record<string, Cell>>;
  readonly failed: number;
  readonly callers: readonly string[];
}

export const rowOf = (
  from: string,
  answers: readonly EchoAnswer[],
  clusters: readonly string[],
): Row => ({
  from,
  to: Object.fromEntries(clusters.map((to) => [to, cellOf(answers, to)])),
  failed: answers.filter(({ status }) => status !== 200).length,
  callers: [...new Set(answers.flatMap(({ body }) => body?.caller ?? []))],
});

function cellOf(answers: readonly EchoAnswer[], cluster: string): Cell {
  const own = answers.filter(({ body }) => body?.cluster === cluster);
  const times = own.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    answers: own.length,
    version: own[0]?.body?.version,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
}

/** The nearest-rank quantile of sorted values; NaN of none. */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}

/** Who asked, who answered, how often and how fast. */
export function renderMatrix(rows: readonly Row[]): string {
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
  return table([header, ...body]);
}

const cell = (value: Cell | undefined): string =>
  value === undefined || value.answers === 0
    ? "0"
    : `${value.answers}  p50 ${value.p50.toFixed(1)} ms, p99 ${value.p99.toFixed(1)} ms`;
