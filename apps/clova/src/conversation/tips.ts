import tips from "./tips.ko.json";

export const TIPS: readonly string[] = tips;

/**
 * Index of the next tip: any but the one before.
 *
 * @param previous index of the tip that was told last
 * @param random 0 up to, but not, 1
 */
export function nextTip(previous: number | undefined, random: number): number {
  if (previous === undefined || previous < 0 || previous >= TIPS.length) {
    return Math.floor(random * TIPS.length);
  }
  const step = 1 + Math.floor(random * (TIPS.length - 1));
  return (previous + step) % TIPS.length;
}
