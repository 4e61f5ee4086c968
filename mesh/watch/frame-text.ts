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

type Paint = (style: Style, text: string) => string;

/** Everything about one moment, as much of it as a terminal shows at once. */
export function screenOf(frame: Frame, { colour, width, height }: ScreenOptions): string[] {
  const paint: Paint = (style, text) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const heading = headingOf(frame, paint);
  const free = Math.max(height - heading.length - 4, 4);
  const notes = cut(notesOf(frame, width, paint), Math.max(2, Math.floor(free / 3)), "more lines");
  const directions = directionLines(frame);
  const services = serviceLines(frame);
  const room = Math.max(free - notes.length, 4);
  const roomForServices = Math.max(
    2,
    Math.min(services.length, Math.max(Math.floor(room / 3), room - directions.length - 1)),
  );
  const [directionHeader = "", ...shownDirections] = cut(
    directions,
    Math.max(room - roomForServices, 2),
    "more directions",
  );
  const [serviceHeader = "", ...shownServices] = cut(services, roomForServices, "more services");
  return [
    ...heading,
    ...(frame.directions.length > 0
      ? [
          paint("dim", directionHeader),
          ...shownDirections.map((line) => withPaintedMark(line, paint)),
          "",
        ]
      : []),
    paint("dim", serviceHeader),
    ...shownServices.map((line) => line.slice(0, width)),
    ...(notes.length > 0 ? ["", ...notes] : []),
  ];
}

const marked = (health: Health, paint: Paint): string =>
  paint(MARKS[health].style, MARKS[health].mark);

const headingOf = (frame: Frame, paint: Paint): string[] => [
  `${paint("bold", `Mesh ${frame.mesh}`)}   ${timeOf(frame)} UTC   Ctrl-C ends`,
  frame.clusters.map(({ id, health }) => `${marked(health, paint)} ${id}`).join("   "),
  "",
];

function notesOf({ trouble, missing }: Frame, width: number, paint: Paint): string[] {
  const notes = [
    ...trouble.map(({ health, place, what }) => ({ health, text: `${place}: ${what}` })),
    ...missing.map((text) => ({ health: "unknown" as const, text })),
  ];
  return notes.flatMap(({ health, text }) =>
    wrap(text, width - 2).map(
      (line, index) => `${index === 0 ? marked(health, paint) : " "} ${line}`,
    ),
  );
}

const directionLines = ({ directions }: Frame): string[] =>
  columns([
    ["direction", "req/s", "failed/s", "connections"],
    ...directions
      .toSorted(byNeed)
      .map((one) => [
        `${MARKS[one.health].mark} ${one.from} → ${one.to}`,
        ...(one.isCounted
          ? [
              rateText(one.requestsPerSecond),
              rateText(one.failedPerSecond),
              String(one.connections),
            ]
          : ["–", "–", "–"]),
      ]),
  ]);

const serviceLines = ({ services }: Frame): string[] =>
  columns([
    ["service", "req/s", "failed/s", "answered by"],
    ...services.map((one) => [
      serviceName(one),
      rateText(one.requestsPerSecond),
      rateText(one.failedPerSecond),
      sharesText(one.shares) || "not called",
    ]),
  ]);

/** One moment as lines for a log, each with all that makes sense of it. */
export function logLinesOf(frame: Frame): string[] {
  const time = `${frame.at.slice(0, 19)}Z`;
  return [
    ...frame.directions.map((one) =>
      [
        time,
        `${one.from} → ${one.to}`,
        HEALTH_WORDS[one.health],
        ...(one.isCounted
          ? [
              `${rateText(one.requestsPerSecond)} req/s`,
              `${rateText(one.failedPerSecond)} failed/s`,
            ]
          : ["not counted"]),
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

/** Figures stand below each other by their ends; the last column is text as the first. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const last = (rows[0] ?? []).length - 1;
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows.map((row) =>
    row
      .map((text, column) =>
        column === 0 || column === last
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

const withPaintedMark = (line: string, paint: Paint): string => {
  const found = Object.values(MARKS).find(({ mark }) => line.startsWith(`${mark} `));
  return found === undefined ? line : paint(found.style, found.mark) + line.slice(1);
};
