/** `a`, `a and b`, `a, b and c`; from `most` on the rest is counted. */
export function enumerate(names: readonly string[], most = 6): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  return all.length < 2 ? (all[0] ?? "") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

/** `1 node`, `3 nodes` */
export const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? "" : "s"}`;

/** Each once, in order of first appearance. */
export const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
