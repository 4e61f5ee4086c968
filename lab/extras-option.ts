import { InvalidArgumentError } from "commander";
import { EXTRAS, type Extra, type Extras } from "./build";

const NONE = "none";

export const DEFAULT_EXTRAS = "theater" satisfies Extra;

/** Parses what the lab runs beside the mesh: names with commas between them, or `none`. */
export function parseExtras(text: string): Extras {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 1 && names[0] === NONE) {
    return new Set();
  }
  return new Set(
    names.map((name) => {
      const extra = EXTRAS.find((known) => known === name);
      if (extra === undefined) {
        throw new InvalidArgumentError(`Write ${NONE}, or one or more of ${EXTRAS.join(", ")}.`);
      }
      return extra;
    }),
  );
}
