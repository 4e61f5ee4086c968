import { grouped } from "../describe";
import type { Topology } from "../model";
import { clusterColour } from "./palette";
import { MANY } from "./svg-clusters";
import { MARGIN, WIDTH, type Drawing } from "./svg-drawing";

const ROW = 26;
const FIRST = 132;

/** Every direction in a table, where there are too many for words at their arrows. */
export function drawDirections(page: Drawing, { clusters, links, services }: Topology): void {
  if (clusters.length < MANY) {
    return;
  }
  const column = (WIDTH - 2 * MARGIN - FIRST) / clusters.length;
  const at = (index: number): number => MARGIN + FIRST + index * column;
  page.text(MARGIN, page.y, "From \\ to", { size: 13, bold: true, room: FIRST - 12 });
  clusters.forEach(({ id }, index) => {
    page.rect(at(index), page.y - 9, 9, 9, { fill: clusterColour(index) });
    page.text(at(index) + 14, page.y, id, { size: 12.5, bold: true, room: column - 22 });
  });
  page.rule(MARGIN, page.y + 9, WIDTH - MARGIN);
  for (const from of clusters) {
    page.y += ROW;
    page.text(MARGIN, page.y, from.id, { size: 12.5, bold: true, room: FIRST - 12 });
    clusters.forEach((to, index) => {
      const link = links.find((one) => one.from === from.id && one.to === to.id);
      const own = services
        .flatMap(({ calls }) => calls)
        .filter((call) => call.from === from.id && call.to === from.id)
        .reduce((sum, { requests }) => sum + requests, 0);
      if (link !== undefined) {
        page.mark(at(index) + 5, page.y - 4, link.health);
      }
      const failed =
        link !== undefined && link.failed > 0 ? ` (${grouped(link.failed)} failed)` : "";
      const figure = link?.isCounted === false ? "" : `${grouped(link?.requests ?? own)}${failed}`;
      page.text(at(index) + 18, page.y, figure, {
        size: 12.5,
        room: column - 22,
        muted: link === undefined,
      });
    });
  }
  page.y += 40;
}
