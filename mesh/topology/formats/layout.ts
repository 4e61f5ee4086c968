export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the clusters' cards stand, from a top left of 0, 0. */
export interface Placement {
  readonly cards: readonly Box[];
  readonly height: number;
}

/** Between two cards, at least. */
const GAP = 28;
const STEP = 10;

/**
 * Places cards within a width: one in the middle, two at the ends of a line, more around an ellipse
 * just as high as they need not to touch; in rows where that can't be.
 */
export function placeCards(count: number, width: number, card: Omit<Box, "x" | "y">): Placement {
  if (count < 3) {
    const cards = Array.from({ length: count }, (_, index) => ({
      ...card,
      x: count === 1 ? (width - card.width) / 2 : index * (width - card.width),
      y: 0,
    }));
    return { cards, height: count === 0 ? 0 : card.height };
  }
  for (let radius = card.height + GAP; radius <= width; radius += STEP) {
    const cards = onEllipse(count, width, card, radius);
    if (!cards.some((one, index) => cards.slice(index + 1).some((other) => touch(one, other)))) {
      return fromTop(cards);
    }
  }
  return fromTop(inRows(count, width, card));
}

function fromTop(cards: readonly Box[]): Placement {
  const top = Math.min(...cards.map(({ y }) => y));
  const bottom = Math.max(...cards.map(({ y, height }) => y + height));
  return { cards: cards.map((one) => ({ ...one, y: one.y - top })), height: bottom - top };
}

/** For more than an ellipse of this width has room for. */
function inRows(count: number, width: number, card: Omit<Box, "x" | "y">): Box[] {
  const columns = Math.max(1, Math.floor((width + GAP) / (card.width + GAP)));
  return Array.from({ length: count }, (_, index) => ({
    ...card,
    x: (index % columns) * (card.width + GAP),
    y: Math.floor(index / columns) * (card.height + 2 * GAP),
  }));
}

function onEllipse(
  count: number,
  width: number,
  card: Omit<Box, "x" | "y">,
  radius: number,
): Box[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count - Math.PI / 2;
    return {
      ...card,
      x: ((width - card.width) / 2) * (1 + Math.cos(angle)),
      y: radius * Math.sin(angle),
    };
  });
}

const touch = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width + GAP &&
  other.x < one.x + one.width + GAP &&
  one.y < other.y + other.height + GAP &&
  other.y < one.y + one.height + GAP;

export const centreOf = ({ x, y, width, height }: Box): Point => ({
  x: x + width / 2,
  y: y + height / 2,
});

/** The point on a box's edge, a little outside of it, in the direction of another point. */
export function edgeTowards(box: Box, to: Point, margin: number): Point {
  const centre = centreOf(box);
  const dx = to.x - centre.x;
  const dy = to.y - centre.y;
  const scale = Math.min(
    (box.width / 2 + margin) / Math.max(Math.abs(dx), 1e-9),
    (box.height / 2 + margin) / Math.max(Math.abs(dy), 1e-9),
  );
  return { x: centre.x + dx * scale, y: centre.y + dy * scale };
}

/** A way from one card to another: a quadratic Bézier curve. */
export interface Curve {
  readonly start: Point;
  readonly control: Point;
  readonly end: Point;
}

/** How far a way bends towards the middle, so that it passes no third card by its back. */
const BEND = 0.5;
/** Between the two directions of a pair. */
const APART = 7;
const MARGIN = 7;

/** The way from one card to another, beside the way back. */
export function curveBetween(from: Box, to: Box, middle: Point): Curve {
  const [one, other] = [centreOf(from), centreOf(to)];
  const length = Math.hypot(other.x - one.x, other.y - one.y) || 1;
  // To the right of the direction, which is the other side for the way back.
  const aside = {
    x: (-(other.y - one.y) / length) * APART,
    y: ((other.x - one.x) / length) * APART,
  };
  const half = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
  const control = {
    x: half.x + (middle.x - half.x) * BEND + aside.x,
    y: half.y + (middle.y - half.y) * BEND + aside.y,
  };
  const shift = ({ x, y }: Point): Point => ({ x: x + aside.x, y: y + aside.y });
  return {
    start: shift(edgeTowards(from, minus(control, aside), MARGIN)),
    control,
    end: shift(edgeTowards(to, minus(control, aside), MARGIN)),
  };
}

const minus = (point: Point, by: Point): Point => ({ x: point.x - by.x, y: point.y - by.y });
