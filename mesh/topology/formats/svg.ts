import { HEALTH_WORDS, linkSentence, summaryOf } from "../describe";
import type { Health, Topology } from "../model";
import { DARK, LIGHT, type Theme } from "./palette";
import { drawing, MARGIN, WIDTH, type Drawing } from "./svg-drawing";
import { drawClusters } from "./svg-clusters";
import { drawDirections } from "./svg-directions";
import { drawNotes } from "./svg-notes";
import { drawServices } from "./svg-services";
import { escapeXml, textWidth } from "./svg-text";

const HEALTHS: readonly Health[] = ["ok", "warning", "error", "unknown"];

/**
 * The picture as one SVG without scripts, links or fonts of its own. Its colours follow the reader's
 * appearance, light or dark; what they say is also said by shapes and words.
 */
export function svg(topology: Topology): string {
  const page = drawing();
  drawHeader(page, topology);
  drawClusters(page, topology);
  drawDirections(page, topology);
  drawServices(page, topology);
  drawNotes(page, topology);
  const height = Math.ceil(page.y + MARGIN - 8);
  const { mesh, missing } = topology;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="mt-title mt-desc">`,
    `<title id="mt-title">${escapeXml(`Mesh ${mesh}: ${summaryOf(topology)}`)}</title>`,
    `<desc id="mt-desc">${escapeXml([...topology.links.map(linkSentence), ...missing].join(". "))}</desc>`,
    `<style>${styles(LIGHT)} @media (prefers-color-scheme: dark) { ${styles(DARK)} }</style>`,
    `<rect class="mt-page" width="${WIDTH}" height="${height}"/>`,
    ...page.parts,
    "</svg>",
    "",
  ].join("\n");
}

/** Plain rules, since not every program that draws SVG knows variables. */
function styles({ page, card, border, text, muted, health }: Theme): string {
  return [
    `.mt-page { fill: ${page}; }`,
    `.mt-card { fill: ${card}; stroke: ${border}; stroke-width: 1; }`,
    `.mt-rule { stroke: ${border}; stroke-width: 1; }`,
    `.mt-empty { fill: ${border}; }`,
    `.mt-text { fill: ${text}; }`,
    `.mt-muted { fill: ${muted}; }`,
    ...HEALTHS.flatMap((one) => [
      `.mt-fill-${one} { fill: ${health[one]}; }`,
      `.mt-line-${one} { stroke: ${health[one]}; fill: none; }`,
    ]),
  ].join(" ");
}

function drawHeader(page: Drawing, topology: Topology): void {
  page.y = MARGIN + 14;
  page.text(MARGIN, page.y, `Mesh ${topology.mesh}`, { size: 22, bold: true });
  drawLegend(page, topology);
  page.y += 24;
  page.text(
    MARGIN,
    page.y,
    `${summaryOf(topology)} · ${topology.takenAt.slice(0, 16).replace("T", " ")} UTC`,
    { size: 13, muted: true },
  );
  page.y += 28;
}

/** What the marks mean, of those that are in the picture. */
function drawLegend(page: Drawing, { clusters, links }: Topology): void {
  const used = HEALTHS.filter((health) =>
    [...clusters, ...links].some((one) => one.health === health),
  );
  let x = WIDTH - MARGIN;
  for (const health of used.toReversed()) {
    const words = HEALTH_WORDS[health];
    page.text(x, page.y, words, { size: 13, muted: true, anchor: "end" });
    x -= textWidth(words, 13) + 12;
    page.mark(x, page.y - 5, health);
    x -= 26;
  }
}
