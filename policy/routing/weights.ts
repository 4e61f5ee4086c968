/**
 * The sum of a rule's weights where it isn't 100; undefined where it is, or where a single
 * destination says none.
 *
 * Istio takes weights as proportions and what is left out as 0, so that no sum is refused but 0;
 * people read them as per cent.
 */
export function strayTotal(weights: readonly (number | null | undefined)[]): number | undefined {
  const [only] = weights;
  if (weights.length === 0 || (weights.length === 1 && (only === null || only === undefined))) {
    return undefined;
  }
  const total = weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0);
  return total === 100 ? undefined : total;
}
