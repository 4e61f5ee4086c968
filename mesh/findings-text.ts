import { styleText } from "node:util";
import { wrap } from "../cli/wrap";
import { bySeverity, type Finding, type Severity } from "./finding";

/** How findings are shown. */
export interface FindingsTextOptions {
  /** `Terminal.colour` */
  readonly colour: boolean;
  /** Characters per line; {@link terminalWidth} by default. */
  readonly width?: number;
  /**
   * What is in order: each with its sentence (default), the checks' names, a line per cluster, or
   * nothing but how many.
   */
  readonly ok?: "sentences" | "names" | "none";
}

/** Findings as a script reads them, and how many there are of each kind. */
export interface FindingsReport {
  readonly counts: Readonly<Record<Severity, number>>;
  readonly findings: readonly Finding[];
}

type Style = Parameters<typeof styleText>[0];

const MARKS: Readonly<Record<Severity, { readonly mark: string; readonly style: Style }>> = {
  error: { mark: "✖", style: "red" },
  warning: { mark: "!", style: "yellow" },
  info: { mark: "i", style: "cyan" },
  ok: { mark: "✔", style: "green" },
};

/** Lines longer than this are tiring to read; narrower ones than {@link NARROWEST} only tear words apart. */
const WIDEST = 120;
const NARROWEST = 40;
const GAP = "  ";
/** Where the sentence's column would be narrower than this, it goes below its heading. */
const SENTENCE = 36;

/** Width of the terminal, within what can be read; 100 where the output is no terminal. */
export const terminalWidth = (columns: number | undefined = process.stdout.columns): number =>
  Math.min(Math.max(columns ?? 100, NARROWEST), WIDEST);

/**
 * Findings as a table: the worst first, then by cluster; what, why, what to do and where to read on.
 * The last line counts them.
 */
export function findingsText(
  findings: readonly Finding[],
  { colour, width = terminalWidth(), ok = "sentences" }: FindingsTextOptions,
): string {
  const rows = grouped(findings).flatMap((group) =>
    group.severity !== "ok" || ok === "sentences"
      ? group.findings.map(toRow)
      : ok === "names"
        ? byName(group.findings)
        : [],
  );
  const columns = {
    place: longest(rows.map(({ place }) => place)),
    check: longest(rows.map(({ check }) => check)),
  };
  const paint = (style: Style, text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const lines = rows.flatMap((row) => rowLines(row, columns, width, paint));
  return [...lines, ...(lines.length > 0 ? [""] : []), ...wrap(summary(findings), width)].join(
    "\n",
  );
}

export function findingsReport(findings: readonly Finding[]): FindingsReport {
  return {
    counts: {
      error: count(findings, "error"),
      warning: count(findings, "warning"),
      info: count(findings, "info"),
      ok: count(findings, "ok"),
    },
    findings: grouped(findings).flatMap((group) => group.findings),
  };
}

/** `1 error, 2 warnings, 14 in order` */
export function summary(findings: readonly Finding[]): string {
  const parts = [
    plural(count(findings, "error"), "error"),
    plural(count(findings, "warning"), "warning"),
    count(findings, "info") > 0 ? `${count(findings, "info")} to know` : "",
    count(findings, "ok") > 0 ? `${count(findings, "ok")} in order` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : "nothing was looked at";
}

/** One line's worth of a table, with what stands below it. */
interface Row {
  readonly severity: Severity;
  readonly place: string;
  readonly check: string;
  readonly what: string;
  readonly notes: readonly (readonly [label: string, text: string])[];
}

const toRow = ({ severity, cluster, peer, check, what, why, fix, link }: Finding): Row => ({
  severity,
  place: placeOf({ cluster, peer }),
  check,
  what,
  notes: [
    ["why", why],
    ["fix", fix],
    ["see", link],
  ].flatMap(([label, text]) => (label && text ? [[label, text] as const] : [])),
});

/** A line per place, with the names of the checks that found nothing wrong there. */
function byName(findings: readonly Finding[]): Row[] {
  const places = [...new Set(findings.map(placeOf))];
  return places.map((place) => {
    const checks = findings.filter((finding) => placeOf(finding) === place);
    return {
      severity: "ok",
      place,
      check: "",
      what: [...new Set(checks.map(({ check }) => check))].join(", "),
      notes: [],
    };
  });
}

/** Whole mesh where a finding names no cluster. */
const placeOf = ({ cluster, peer }: Pick<Finding, "cluster" | "peer">): string =>
  cluster === undefined ? "mesh" : peer === undefined ? cluster : `${cluster} → ${peer}`;

function rowLines(
  { severity, place, check, what, notes }: Row,
  columns: { readonly place: number; readonly check: number },
  width: number,
  paint: (style: Style, text: string) => string,
): string[] {
  const { mark, style } = MARKS[severity];
  const checkColumn = check === "" ? [] : [check.padEnd(columns.check)];
  const heading = [place.padEnd(columns.place), ...checkColumn].join(GAP);
  const beside = width - heading.length - 2 * GAP.length;
  const indent = beside >= SENTENCE ? width - beside : 2 * GAP.length;
  const room = Math.max(width - indent, NARROWEST - 2 * GAP.length);
  const sentence = wrap(what, room);
  const painted = `${paint(style, mark)} ${paint("bold", heading)}`;
  const margin = " ".repeat(indent);
  const [first, ...rest] =
    beside >= SENTENCE
      ? [`${painted}${GAP}${sentence[0] ?? ""}`, ...sentence.slice(1).map((line) => margin + line)]
      : [painted.trimEnd(), ...sentence.map((line) => margin + line)];
  const noteLines = notes.flatMap(([label, text]) =>
    wrap(text, room - label.length - GAP.length).map(
      (line, index) =>
        margin +
        (index === 0 ? paint("dim", label) : " ".repeat(label.length)) +
        GAP +
        (label === "see" ? paint("dim", line) : line),
    ),
  );
  return [first ?? "", ...rest, ...noteLines];
}

/** The worst first; within a severity what concerns the mesh, then cluster by cluster as they came. */
function grouped(
  findings: readonly Finding[],
): { readonly severity: Severity; readonly findings: readonly Finding[] }[] {
  const named = findings.flatMap(({ cluster }) => cluster ?? []);
  const clusters = [undefined, ...new Set(named)];
  const severities = [...new Set(bySeverity(findings).map(({ severity }) => severity))];
  return severities.map((severity) => ({
    severity,
    findings: clusters.flatMap((cluster) =>
      findings.filter((finding) => finding.severity === severity && finding.cluster === cluster),
    ),
  }));
}

const count = (findings: readonly Finding[], severity: Severity): number =>
  findings.filter((finding) => finding.severity === severity).length;

const plural = (number: number, noun: string): string =>
  number === 0 ? "" : `${number} ${noun}${number === 1 ? "" : "s"}`;

const longest = (texts: readonly string[]): number =>
  Math.max(0, ...texts.map((text) => text.length));
