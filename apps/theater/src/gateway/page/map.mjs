/** Paths below which the services are, in the order in which they are shown. */
export const SERVICES = ["users", "movies", "bookings"];

const TITLE = 34;
const ROW = 26;
const PADDING = 12;
const GAP = 16;
const BOX = TITLE + SERVICES.length * ROW + PADDING;
/** Thickness of a line that stands for every request. */
const THICKEST = 12;

/** Answers by cluster of one service, and all of them; those that nobody gave are among them. */
export function flowsOf(flows) {
  const counts = {};
  let total = 0;
  for (const { cluster, answers } of flows) {
    total += answers;
    if (cluster !== null) {
      counts[cluster] = (counts[cluster] ?? 0) + answers;
    }
  }
  return { counts, total };
}

/**
 * Where the boxes and lines of the map are: the gateway on the left, the clusters on the right, and
 * a line for each service to each cluster.
 *
 * @param {object} snapshot what `/api/live` answers
 * @param {number} width in pixels
 */
export function layout({ clusters, services }, width) {
  const left = Math.min(170, Math.max(94, Math.round(width * 0.28)));
  const right = Math.min(300, Math.max(146, Math.round(width * 0.44)));
  const height = Math.max(1, clusters.length) * (BOX + GAP) - GAP;
  const top = (height - BOX) / 2;
  const rowY = (box, row) => box + TITLE + row * ROW + ROW / 2;
  const boxes = clusters.map(({ name, state }, index) => ({
    name,
    state,
    index,
    x: width - right,
    y: index * (BOX + GAP),
    width: right,
    height: BOX,
  }));
  const lines = SERVICES.flatMap((service, row) => {
    const { route, flows } = services[service];
    const { counts, total } = flowsOf(flows);
    return boxes.map(({ name, index, x, y }) => {
      const measured = total === 0 ? undefined : ((counts[name] ?? 0) / total) * 100;
      return {
        service,
        cluster: name,
        index,
        measured,
        configured: route.shares?.[name],
        y: rowY(y, row),
        thickness: measured === undefined ? 0 : (measured / 100) * THICKEST,
        path: curve(left, rowY(top, row), x, rowY(y, row)),
      };
    });
  });
  const gateway = { x: 0, y: top, width: left, height: BOX };
  const rows = SERVICES.map((service, row) => ({ service, y: rowY(top, row) }));
  return { height, gateway, rows, boxes, lines };
}

function curve(fromX, fromY, toX, toY) {
  const middle = (fromX + toX) / 2;
  return `M${fromX} ${fromY}C${middle} ${fromY} ${middle} ${toY} ${toX} ${toY}`;
}
