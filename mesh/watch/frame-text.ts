import { styleText } from "node:util";
import { wrap } from "../../cli/wrap";
import { HEALTH_WORDS, serviceName, sharesText } from "../topology/describe";
import type { Health } from "../topology/model";
import type { Direction, Frame } from "./frame";

type Style = Parameters<typeof styleText>[0];

const MARKS: Readonly<Record<Health, { readonly mark: string; readonly style: Style }>> = {
  ok: { mark: "✔", style: "green" },
  warning: { mark: "!", style: "yellow" },
  error: { mark: "✖", style: "red" },
  unknown: { mark: "–", style: "dim" },
};
/** What needs eyes comes first. */
const ORDER: readonly Health[] = ["error", "warning", "unknown", "ok"];

export interface ScreenOptions {
  readonly colour: boolean;
  /** Characters per line. */
  readonly width: number;
  /** Lines; what there are more of is counted. */
  readonly height: number;
}

/** Everything about one moment, as much of it as a terminal shows at once. */
export function screenOf(frame: Frame, { colour, width, height }: ScreenOptions): string[] {
  const paint = (style: Style, text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const mark = (health: Health): string => paint(MARKS[health].style, MARKS[health].mark);
  const clusters = frame.clusters.map(({ id, health }) => `${mark(health)} ${id}`).join("   ");
  const heading = [
    paint("bold", `Mesh ${frame.mesh}`) + `   ${timeOf(frame)} UTC   Ctrl-C ends`,
    clusters,
    "",
  ];
  const notes = [
    ...frame.trouble.flatMap(({ health, place, what }) =>
      wrap(`${place}: ${what}`, width - 2).map(
        (line, index) => `${index === 0 ? mark(health) : " "} ${line}`,
      ),
    ),
    ...frame.missing.flatMap((sentence) =>
      wrap(sentence, width - 2).map(
        (line, index) => `${index === 0 ? mark("unknown") : " "} ${line}`,
      ),
    ),
  ];
  const free = Math.max(height - heading.length - 4, 4);
  const shownNotes = cut(notes, Math.max(2, Math.floor(free / 3)), "more lines");
  const services = frame.services.map((one) => [
    serviceName(one),
    rateText(one.requestsPerSecond),
    rateText(one.failedPerSecond),
    sharesText(one.shares) || "not called",
  ]);
  const directions = frame.directions
    .toSorted(byNeed)
    .map((one) => [
      `${MARKS[one.health].mark} ${one.from} → ${one.to}`,
      rateText(one.requestsPerSecond),
      rateText(one.failedPerSecond),
      String(one.connections),
    ]);
  const room = Math.max(free - shownNotes.length, 4);
  const roomForServices = Math.max(
    2,
    Math.min(services.length + 1, Math.max(Math.floor(room / 3), room - directions.length - 2)),
  );
  const directionLines = columns(["direction", "req/s", "failed/s", "connections"], directions);
  const serviceLines = columns(["service", "req/s", "failed/s", "answered by"], services);
  return [
    ...heading,
    ...(directions.length > 0
      ? [
          ...cut(directionLines, Math.max(room - roomForServices, 2), "more directions").map(
            (line, index) => (index === 0 ? paint("dim", line) : painted(line, paint)),
          ),
          "",
        ]
      : []),
    ...cut(serviceLines, roomForServices, "more services").map((line, index) =>
      index === 0 ? paint("dim", line) : line.slice(0, width),
    ),
    ...(shownNotes.length > 0 ? ["", ...shownNotes] : []),
  ];
}

/** One moment as lines for a log, each with all that makes sense of it. */
export function logLinesOf(frame: Frame): string[] {
  const time = `${frame.at.slice(0, 19)}Z`;
  return [
    ...frame.directions.map(({ from, to, health, requestsPerSecond, failedPerSecond }) =>
      [
        time,
        `${from} → ${to}`,
        HEALTH_WORDS[health],
        `${rateText(requestsPerSecond)} req/s`,
        `${rateText(failedPerSecond)} failed/s`,
      ].join("  "),
    ),
    ...frame.services.map((one) =>
      [
        time,
        serviceName(one),
        `${rateText(one.requestsPerSecond)} req/s`,
        `${rateText(one.failedPerSecond)} failed/s`,
        sharesText(one.shares) || "not called",
      ].join("  "),
    ),
    ...frame.trouble.map(({ health, place, what }) => `${time}  ${health}  ${place}: ${what}`),
    ...frame.missing.map((sentence) => `${time}  ${sentence}`),
  ];
}

const timeOf = ({ at }: Frame): string => at.slice(11, 19);

/** `0`, `0.25`, `12.3`, `1234` */
export const rateText = (rate: number): string =>
  rate === 0 ? "0" : rate < 1 ? rate.toFixed(2) : rate < 100 ? rate.toFixed(1) : rate.toFixed(0);

const byNeed = (one: Direction, other: Direction): number =>
  ORDER.indexOf(one.health) - ORDER.indexOf(other.health) ||
  other.failedPerSecond - one.failedPerSecond ||
  other.requestsPerSecond - one.requestsPerSecond;

/** The first column is text, figures stand below each other by their ends. */
function columns(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) =>
    Math.max(...all.map((row) => (row[column] ?? "").length)),
  );
  return all.map((row) =>
    row
      .map((text, column) =>
        column === 0 || column === 3
          ? text.padEnd(widths[column] ?? 0)
          : text.padStart(widths[column] ?? 0),
      )
      .join("   ")
      .trimEnd(),
  );
}

/** At most so many lines, the last of which says how many are left out. */
export const cut = (lines: readonly string[], most: number, what: string): string[] =>
  lines.length <= most
    ? [...lines]
    : [...lines.slice(0, most - 1), `  and ${lines.length - most + 1} ${what}`];

const painted = (line: string, paint: (style: Style, text: string) => string): string => {
  const found = Object.values(MARKS).find(({ mark }) => line.startsWith(`${mark} `));
  return found === undefined ? line : paint(found.style, found.mark) + line.slice(1);
};
