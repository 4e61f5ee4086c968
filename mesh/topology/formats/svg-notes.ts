import { wrap } from "../../../cli/wrap";
import type { Health, Topology } from "../model";
import { MARGIN, WIDTH, type Drawing } from "./svg-drawing";

/** More than these are check's to say. */
const MOST = 8;
const CHARACTERS = 128;
const SIZE = 12.5;

interface Note {
  readonly health: Health;
  readonly text: string;
}

/** What is not in order, and what could not be seen. */
export function drawNotes(page: Drawing, topology: Topology): void {
  const notes = notesOf(topology);
  for (const { health, text } of notes.slice(0, MOST)) {
    page.mark(MARGIN + 6, page.y - 4, health);
    for (const line of wrap(text, CHARACTERS)) {
      page.text(MARGIN + 20, page.y, line, { size: SIZE, room: WIDTH - 2 * MARGIN - 20 });
      page.y += 18;
    }
    page.y += 6;
  }
  if (notes.length > MOST) {
    page.text(
      MARGIN + 20,
      page.y,
      `and ${notes.length - MOST} more: npm run mesh -- check says them all`,
      { size: SIZE, muted: true },
    );
    page.y += 24;
  }
  page.y -= 12;
}

/** The worst first; what could not be seen last. */
export function notesOf({ clusters, links, missing }: Topology): Note[] {
  const found = [
    ...clusters.map(({ id, health, trouble }) => ({ place: id, health, trouble })),
    ...links.map(({ from, to, health, trouble }) => ({
      place: `${from} → ${to}`,
      health,
      trouble,
    })),
  ];
  const of = (wanted: Health): Note[] =>
    found.flatMap(({ place, health, trouble }) =>
      health === wanted ? trouble.map((what) => ({ health, text: `${place}: ${what}` })) : [],
    );
  return [
    ...of("error"),
    ...of("warning"),
    ...missing.map((text) => ({ health: "unknown" as const, text })),
  ];
}
