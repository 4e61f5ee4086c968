import { countsText, percents, serviceName } from "../describe";
import type { ServiceNode, Topology } from "../model";
import { clusterColour } from "./palette";
import { MARGIN, WIDTH, type Drawing } from "./svg-drawing";
import { textWidth } from "./svg-text";

/** A picture of more is a list: `--format json` has them all. */
const MOST = 12;
const NAME = 220;
const COUNTS = 180;
const BAR = 12;
/** Between the parts of a bar. */
const GAP = 2;

/** Every service with the share of its requests that each cluster answers. */
export function drawServices(page: Drawing, { services, clusters }: Topology): void {
  page.text(MARGIN, page.y, "Services, and who answers them", { size: 15, bold: true });
  page.y += 8;
  if (services.length === 0) {
    page.y += 20;
    const isSeen = clusters.some(({ proxies }) => proxies !== undefined);
    const text = isSeen
      ? "No service is open to other clusters, and none was called."
      : "No service could be seen.";
    page.text(MARGIN, page.y, text, {
      size: 13,
      muted: true,
    });
  }
  const ids = clusters.map(({ id }) => id);
  for (const service of services.slice(0, MOST)) {
    page.y += 26;
    drawService(page, service, ids);
  }
  if (services.length > MOST) {
    page.y += 26;
    page.text(MARGIN, page.y, `and ${services.length - MOST} more, called less`, {
      size: 12.5,
      muted: true,
    });
  }
  page.y += 36;
}

function drawService(page: Drawing, service: ServiceNode, ids: readonly string[]): void {
  const left = MARGIN + NAME;
  const width = WIDTH - MARGIN - COUNTS - left;
  page.text(MARGIN, page.y, serviceName(service), { size: 13, room: NAME - 12 });
  page.text(WIDTH - MARGIN, page.y, countsText(service), {
    size: 12.5,
    muted: true,
    anchor: "end",
    room: COUNTS - 16,
  });
  const shares = Object.entries(service.shares).filter(([, share]) => share > 0);
  if (shares.length === 0) {
    page.rect(left, page.y - BAR + 2, width, BAR, { class: "empty" });
    page.y += 18;
    page.text(
      left,
      page.y,
      service.clusters.length > 0
        ? `not called yet; runs in ${service.clusters.join(", ")}`
        : "not called yet",
      { size: 12, muted: true, room: width },
    );
    return;
  }
  const parts = percents(service.shares);
  let x = left;
  for (const [id, share] of shares) {
    const room = share * (width - GAP * (shares.length - 1));
    page.rect(x, page.y - BAR + 2, Math.max(room, 1), BAR, { fill: colourOf(id, ids) });
    x += room + GAP;
  }
  page.y += 18;
  drawCaption(
    page,
    left,
    WIDTH - MARGIN,
    shares.map(([id]) => ({ text: `${id} ${parts[id]} %`, colour: colourOf(id, ids) })),
  );
}

/** Names with their colours, in as many lines as they need. */
function drawCaption(
  page: Drawing,
  left: number,
  right: number,
  entries: readonly { readonly text: string; readonly colour: string }[],
): void {
  const size = 12;
  let x = left;
  for (const { text, colour } of entries) {
    const width = 14 + textWidth(text, size) + 16;
    if (x > left && x + width > right) {
      x = left;
      page.y += 18;
    }
    page.rect(x, page.y - 9, 9, 9, { fill: colour });
    page.text(x + 14, page.y, text, { size, muted: true, room: right - x - 14 });
    x += width;
  }
}

const colourOf = (id: string, ids: readonly string[]): string =>
  clusterColour(Math.max(0, ids.indexOf(id)));
