import { join } from "node:path";
import type { Resvg } from "@resvg/resvg-js";
import { UserError } from "../../../config/errors";
import { LIGHT } from "./palette";

/** Pixels per unit of the SVG: sharp on screens of double density. */
const SCALE = 2;

/** The machine's fonts are left alone: there may be none, and pictures should look alike. */
const FONTS = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((file) =>
  join(__dirname, "font", file),
);

/**
 * Renders an SVG as PNG, in its light appearance.
 *
 * @throws UserError where there is no renderer for this kind of machine
 */
export async function png(svg: string): Promise<Buffer> {
  const Renderer = await renderer();
  return new Renderer(svg, {
    font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
    fitTo: { mode: "zoom", value: SCALE },
    background: LIGHT.page,
  })
    .render()
    .asPng();
}

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
