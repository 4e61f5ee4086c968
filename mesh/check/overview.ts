import { styleText } from "node:util";
import type { Cluster } from "../../config/model";
import type { Finding, Severity } from "../finding";
import { certificatesOf, daysUntil, endOf, readable } from "./certificates";
import { COLUMNS, type Column } from "./check";
import { CHECKS } from "./checks";
import { Unseen, type Facts, type Seen, type Sight } from "./facts";
import { imageVersion } from "./versions";
import { rowOf } from "./traffic/matrix";

/** State of one thing of one cluster, or of one direction. */
export interface OverviewCell {
  /** The worst that was found; nothing where nothing could be looked at. */
  readonly severity: Severity | undefined;
  /** What there is to know at a glance, e.g. a version; empty where there is nothing. */
  readonly detail: string;
}

export interface OverviewRow {
  readonly cluster: string;
  readonly cells: Readonly<Record<(typeof COLUMNS)[number], OverviewCell>>;
  /** By cluster of the mesh; its own is about what it does by itself. */
  readonly to: Readonly<Record<string, OverviewCell>>;
}

/**
 * Everything on one page: a row per cluster, a column per kind of thing and per direction.
 *
 * @param findings also those that follow from others: what doesn't work is marked wherever it shows
 */
export function overviewOf(
  sights: readonly Sight[],
  clusters: readonly Pick<Cluster, "id">[],
  findings: readonly Finding[],
  now: Date,
): OverviewRow[] {
  return sights.map(({ cluster: { id }, facts }) => ({
    cluster: id,
    cells: Object.fromEntries(
      COLUMNS.map((column) => [
        column,
        cell(
          findings.filter((finding) => columnOf(finding) === column && concerns(finding, id)),
          detail(DETAILS[column], facts, now),
        ),
      ]),
    ) as OverviewRow["cells"],
    to: Object.fromEntries(
      clusters.map((to) => [
        to.id,
        cell(
          findings.filter(
            (finding) =>
              columnOf(finding) === "traffic" &&
              concerns(finding, id) &&
              (finding.peer ?? id) === to.id,
          ),
          latency(facts.echo, to.id),
        ),
      ]),
    ),
  }));
}

/** What concerns the whole mesh concerns every cluster. */
const concerns = ({ cluster }: Finding, id: string): boolean =>
  cluster === undefined || cluster === id;

const columnOf = (finding: Finding): Column | undefined =>
  CHECKS.find(({ name }) => name === finding.check)?.column;

const RANK: readonly Severity[] = ["info", "ok", "warning", "error"];

function cell(findings: readonly Finding[], text: string): OverviewCell {
  const ranks = findings.map(({ severity }) => RANK.indexOf(severity));
  const severity = ranks.length > 0 ? RANK[Math.max(...ranks)] : undefined;
  return { severity, detail: severity === undefined ? "" : text };
}

type Detail = (facts: Sight["facts"], now: Date) => string | undefined;

const DETAILS: Readonly<Record<(typeof COLUMNS)[number], Detail>> = {
  "API server": ({ apiServer }) =>
    apiServer instanceof Unseen || !("version" in apiServer) ? undefined : apiServer.version,
  istiod: ({ istiods }) =>
    istiods instanceof Unseen
      ? undefined
      : istiods.flatMap(({ image }) => imageVersion(image) ?? []).join(", "),
  trust: ({ cacerts }, now) => {
    const pem = cacerts instanceof Unseen ? undefined : cacerts?.["ca-cert.pem"];
    const [ca] = readable(pem) ? certificatesOf(pem) : [];
    return ca && `${daysUntil(endOf(ca), now)} days`;
  },
  mTLS: ({ mtlsPolicies }) =>
    mtlsPolicies instanceof Unseen
      ? undefined
      : mtlsPolicies.find(({ namespace }) => namespace === "istio-system")?.mode,
  gateway: ({ eastWest }) =>
    eastWest instanceof Unseen
      ? undefined
      : eastWest?.addresses.map(({ address }) => address).join(", "),
};

const detail = (of: Detail, facts: Sight["facts"], now: Date): string => of(facts, now) ?? "";

function latency(answers: Seen<Facts["echo"]>, to: string): string {
  if (answers instanceof Unseen || answers === undefined) {
    return "";
  }
  const cellOfEcho = rowOf("", answers, [to]).to[to];
  return cellOfEcho && cellOfEcho.answers > 0 ? `${cellOfEcho.p50.toFixed(1)} ms` : "";
}

type Style = Parameters<typeof styleText>[0];

const MARKS: Readonly<Record<Severity, { readonly mark: string; readonly style: Style }>> = {
  error: { mark: "✖", style: "red" },
  warning: { mark: "!", style: "yellow" },
  info: { mark: "i", style: "cyan" },
  ok: { mark: "✔", style: "green" },
};

/** What could not be looked at. */
const NOTHING = "–";

export interface OverviewTextOptions {
  readonly colour: boolean;
  /** Characters per line. */
  readonly width: number;
}

/** A line of the table: its name, then its cells. */
interface Line {
  readonly name: string;
  readonly cells: readonly (OverviewCell | undefined)[];
}

/** One way of putting the overview into lines. */
interface Layout {
  readonly header: readonly string[];
  readonly lines: readonly Line[];
  /** Characters of a cell's detail; longer ones are cut short. */
  readonly detail: number;
}

/**
 * The overview as a table: with less and less detail until it fits, and at last with
 * one column for all directions.
 */
export function overviewText(rows: readonly OverviewRow[], options: OverviewTextOptions): string {
  const clusters = Object.keys(rows[0]?.to ?? {});
  const own = (row: OverviewRow): OverviewCell[] => COLUMNS.map((column) => row.cells[column]);
  const perDirection = {
    header: ["cluster", ...COLUMNS, ...clusters.map((cluster) => `→ ${cluster}`)],
    lines: rows.map((row) => ({
      name: row.cluster,
      cells: [...own(row), ...clusters.map((id) => row.to[id])],
    })),
  };
  const together = {
    header: ["cluster", ...COLUMNS, "→ all"],
    lines: rows.map((row) => ({ name: row.cluster, cells: [...own(row), allDirections(row)] })),
  };
  const layouts: readonly Layout[] = [
    { ...perDirection, detail: Infinity },
    { ...perDirection, detail: SHORT },
    { ...perDirection, detail: 0 },
    { ...together, detail: SHORT },
  ];
  const chosen = layouts.find((layout) => widthOf(layout) <= options.width) ?? layouts.at(-1);
  return render(chosen as Layout, options);
}

/** The worst of a row's directions, and how many there are without an error. */
function allDirections({ to }: OverviewRow): OverviewCell {
  const cells = Object.values(to);
  const ranks = cells.flatMap(({ severity }) => (severity ? RANK.indexOf(severity) : []));
  const good = cells.filter(({ severity }) => severity === "ok" || severity === "warning").length;
  return {
    severity: ranks.length > 0 ? RANK[Math.max(...ranks)] : undefined,
    detail: `${good} of ${cells.length}`,
  };
}

const GAP = "  ";
/** Enough for an IPv4 address, or the beginning of a host name. */
const SHORT = 15;

const textsOf = ({ header, lines, detail: length }: Layout): (readonly string[])[] => [
  header,
  ...lines.map(({ name, cells }) => [name, ...cells.map((one) => cellText(one, length))]),
];

function cellText(value: OverviewCell | undefined, length: number): string {
  const mark = value?.severity === undefined ? NOTHING : MARKS[value.severity].mark;
  const text = value?.detail ?? "";
  const cut = text.length > length ? `${text.slice(0, length - 1)}…` : text;
  return cut === "" || length === 0 ? mark : `${mark} ${cut}`;
}

const columnWidths = (texts: readonly (readonly string[])[]): number[] =>
  (texts[0] ?? []).map((_, column) => Math.max(...texts.map((line) => line[column]?.length ?? 0)));

function widthOf(layout: Layout): number {
  const widths = columnWidths(textsOf(layout));
  return widths.reduce((sum, one) => sum + one, 0) + GAP.length * (widths.length - 1);
}

function render(layout: Layout, { colour }: OverviewTextOptions): string {
  const texts = textsOf(layout);
  const widths = columnWidths(texts);
  const styleOf = (row: number, column: number): Style | undefined => {
    const severity = layout.lines[row - 1]?.cells[column - 1]?.severity;
    return row === 0 || column === 0 ? "bold" : severity && MARKS[severity].style;
  };
  const paint = (text: string, style: Style | undefined): string =>
    colour && style !== undefined ? styleText(style, text, { validateStream: false }) : text;
  return texts
    .map((line, row) =>
      line
        .map((text, column) => paint(text.padEnd(widths[column] ?? 0), styleOf(row, column)))
        .join(GAP)
        .trimEnd(),
    )
    .join("\n");
}
