import type { Health } from "../model";
import type { Curve } from "./layout";
import { escapeXml, fit } from "./svg-text";

/** Pixels, of every picture. */
export const WIDTH = 1000;
export const MARGIN = 32;

export interface TextStyle {
  /** Pixels. */
  readonly size: number;
  readonly bold?: boolean;
  readonly muted?: boolean;
  /** Coloured as a health. */
  readonly health?: Health;
  readonly anchor?: "start" | "middle" | "end";
  /** What doesn't fit into it is cut short, and stands whole in the text's title. */
  readonly room?: number;
}

/** Parts of a picture, drawn from top to bottom. */
export interface Drawing {
  /** Where the next part begins. */
  y: number;
  readonly parts: string[];
  text(x: number, y: number, content: string, style: TextStyle): void;
  rect(x: number, y: number, width: number, height: number, look: RectLook): void;
  rule(x1: number, y: number, x2: number): void;
  /** A health as a sign of its own shape, around a point. */
  mark(x: number, y: number, health: Health): void;
  /** An arrow along a curve; each health has a dash pattern of its own. */
  arrow(curve: Curve, health: Health, title: string, isThin: boolean): void;
}

export type RectLook = { readonly class: "card" | "empty" } | { readonly fill: string };

const FONTS = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif";

const SIGNS: Readonly<Record<Health, string>> = {
  ok: "M-4.5 0.5 L-1.5 3.5 L4.5 -3.5",
  warning: "M0 -4.5 L0 1 M0 4 L0 4.5",
  error: "M-4 -4 L4 4 M4 -4 L-4 4",
  unknown: "M-4 0 L4 0",
};

const DASHES: Readonly<Record<Health, string>> = {
  ok: "",
  warning: ' stroke-dasharray="9 4"',
  error: ' stroke-dasharray="4 4"',
  unknown: ' stroke-dasharray="1.5 4"',
};

export function drawing(): Drawing {
  const parts: string[] = [];
  return {
    y: 0,
    parts,
    text(x, y, content, { size, bold, muted, health, anchor = "start", room = Infinity }) {
      const shown = fit(content, bold ? size * 1.08 : size, room);
      const look = health ? `mt-fill-${health}` : muted ? "mt-muted" : "mt-text";
      const title = shown === content ? "" : `<title>${escapeXml(content)}</title>`;
      parts.push(
        `<text class="${look}" x="${round(x)}" y="${round(y)}" font-family="${FONTS}" font-size="${size}"${bold ? ' font-weight="600"' : ""}${anchor === "start" ? "" : ` text-anchor="${anchor}"`}>${title}${escapeXml(shown)}</text>`,
      );
    },
    rect(x, y, width, height, look) {
      const paint = "fill" in look ? `fill="${look.fill}"` : `class="mt-${look.class}"`;
      const radius = Math.min(6, height / 2, width / 2);
      parts.push(
        `<rect ${paint} x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${round(radius)}"/>`,
      );
    },
    rule(x1, y, x2) {
      parts.push(
        `<line class="mt-rule" x1="${round(x1)}" y1="${round(y)}" x2="${round(x2)}" y2="${round(y)}"/>`,
      );
    },
    mark(x, y, health) {
      parts.push(
        `<path class="mt-line-${health}" d="${SIGNS[health]}" transform="translate(${round(x)} ${round(y)})" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>`,
      );
    },
    arrow({ start, control, end }, health, title, isThin) {
      const angle = (Math.atan2(end.y - control.y, end.x - control.x) * 180) / Math.PI;
      const width = health === "error" || health === "warning" ? 2.6 : isThin ? 1 : 1.8;
      parts.push(
        `<g><title>${escapeXml(title)}</title>`,
        `<path class="mt-line-${health}" d="M${point(start)} Q${point(control)} ${point(end)}" stroke-width="${width}"${DASHES[health]}/>`,
        `<path class="mt-fill-${health}" d="M1 0 L-8 -4 L-8 4 Z" transform="translate(${point(end)}) rotate(${round(angle)})"/>`,
        "</g>",
      );
    },
  };
}

const point = ({ x, y }: { x: number; y: number }): string => `${round(x)} ${round(y)}`;
const round = (value: number): number => Math.round(value * 10) / 10;
