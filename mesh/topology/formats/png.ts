import type { Resvg } from "@resvg/resvg-js";
import { UserError } from "../../../config/errors";
import { LIGHT } from "./palette";

/** Pixels per unit of the SVG: sharp on screens of double density. */
const SCALE = 2;

/**
 * Renders an SVG as PNG, in its light appearance.
 *
 * @throws UserError where this machine has no renderer, or no font to write with
 */
export async function png(svg: string): Promise<Buffer> {
  const Renderer = await renderer();
  const options = {
    font: {
      loadSystemFonts: true,
      defaultFontFamily: "DejaVu Sans",
      sansSerifFamily: "DejaVu Sans",
    },
    fitTo: { mode: "zoom", value: SCALE },
    background: LIGHT.page,
  } as const;
  if (new Renderer(SAMPLE, options).getBBox() === undefined) {
    throw new UserError(
      "This machine has no font to write a PNG with: take --format svg, or install one, e.g. fonts-dejavu-core",
    );
  }
  return new Renderer(svg, options).render().asPng();
}

/** A text and nothing else: without fonts it has no extent. */
const SAMPLE = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text x="2" y="16" font-family="sans-serif" font-size="14">a</text></svg>`;

/** It is a program of its own for each kind of machine, of which npm installs the one that fits. */
async function renderer(): Promise<typeof Resvg> {
  try {
    return (await import("@resvg/resvg-js")).Resvg;
  } catch {
    throw new UserError(
      `PNG can't be rendered on this kind of machine (${process.platform} ${process.arch}): take --format svg`,
    );
  }
}
