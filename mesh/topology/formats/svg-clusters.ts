import { linkCounts, linkSentence } from "../describe";
import type { ClusterNode, Health, Topology } from "../model";
import { centreOf, curveBetween, edgeTowards, placeCards, type Box } from "./layout";
import { clusterColour } from "./palette";
import { MARGIN, WIDTH, type Drawing } from "./svg-drawing";

const LARGE = { width: 310, height: 124 };
const MIDDLE = { width: 236, height: 112 };
const SMALL = { width: 186, height: 112 };
/** From here on directions stand in a table instead of at their arrows. */
export const MANY = 3;
/** From here on little room is left for each. */
const CROWD = 7;

/** What is worse lies above what is better, where arrows cross. */
const DEPTH: readonly Health[] = ["unknown", "ok", "warning", "error"];

/** The clusters with their gateways, and an arrow per direction. */
export function drawClusters(page: Drawing, { clusters, links }: Topology): void {
  const size = clusters.length < MANY ? LARGE : clusters.length < CROWD ? MIDDLE : SMALL;
  const { cards, height } = placeCards(clusters.length, WIDTH - 2 * MARGIN, size);
  const top = page.y;
  const boxes = cards.map((box) => ({ ...box, x: box.x + MARGIN, y: box.y + top }));
  const middle = { x: WIDTH / 2, y: top + height / 2 };
  const boxOf = (id: string): Box | undefined =>
    boxes[clusters.findIndex((cluster) => cluster.id === id)];
  const byDepth = links.toSorted(
    (one, other) => DEPTH.indexOf(one.health) - DEPTH.indexOf(other.health),
  );
  for (const link of byDepth) {
    const [from, to] = [boxOf(link.from), boxOf(link.to)];
    if (from !== undefined && to !== undefined) {
      page.arrow(
        curveBetween(from, to, middle),
        link.health,
        linkSentence(link),
        clusters.length >= CROWD,
      );
    }
  }
  clusters.forEach((cluster, index) => drawCard(page, cluster, index, boxes[index] as Box));
  const [left, right] = boxes;
  if (clusters.length === 2 && left && right) {
    drawLabels(page, links, left, right);
  }
  page.y = top + height + 36;
}

function drawCard(page: Drawing, cluster: ClusterNode, index: number, box: Box): void {
  const { x, y, width, height } = box;
  const isLarge = width === LARGE.width;
  const room = width - 28;
  page.rect(x, y, width, height, { class: "card" });
  page.rect(x + 14, y + 14, 12, 12, { fill: clusterColour(index) });
  page.text(x + 34, y + 25, cluster.id, { size: 15, bold: true, room: room - 44 });
  page.mark(x + width - 18, y + 20, cluster.health);
  const versions = [
    cluster.kubernetes && `Kubernetes ${cluster.kubernetes.replace(/^v/, "")}`,
    cluster.istio && `Istio ${cluster.istio}`,
  ].filter((version) => version !== undefined);
  const lines = isLarge
    ? [
        cluster.cloud,
        versions.join(" · "),
        `network ${cluster.network}, gateway :${cluster.gateway.port}`,
      ]
    : [cluster.cloud.split(",")[0] as string, ...versions];
  const size = isLarge ? 12.5 : 11.5;
  const step = isLarge ? 20 : 17;
  const shown = lines.filter((text) => text !== "");
  shown.forEach((text, line) => {
    page.text(x + 14, y + 48 + line * step, text, { size, muted: true, room });
  });
  page.text(x + 14, y + 48 + shown.length * step, addressText(cluster, isLarge), { size, room });
}

function addressText(
  { gateway: { addresses, port }, kubernetes }: ClusterNode,
  isLarge: boolean,
): string {
  const [address, ...others] = addresses;
  return address === undefined
    ? kubernetes === undefined
      ? "address not known"
      : "gateway without address"
    : [
        isLarge ? address : `${address}:${port}`,
        ...(others.length > 0 ? [`and ${others.length} more`] : []),
      ].join(" ");
}

/** Each direction of a pair in words, above and below the arrows. */
function drawLabels(page: Drawing, links: Topology["links"], left: Box, right: Box): void {
  const start = edgeTowards(left, centreOf(right), 0).x;
  const room = right.x - start - 24;
  const x = (start + right.x) / 2;
  const y = centreOf(left).y;
  links.forEach((link, index) => {
    const isBelow = index === 0;
    const line = y + (isBelow ? 28 : -40);
    page.text(x, line, `${link.from} → ${link.to}`, {
      size: 13,
      bold: true,
      anchor: "middle",
      room,
    });
    page.text(x, line + 18, linkCounts(link), { size: 12.5, muted: true, anchor: "middle", room });
  });
}
