/**
 * Chi-square with one degree of freedom, that of two clusters, which chance exceeds once in a thousand
 * times (p = 0.001).
 *
 * The test is the right one for weights: Envoy picks by a random number of its own for every request,
 * the stream's ID (source/common/http/conn_manager_impl.cc), whatever connection or worker it comes by.
 */
export const CHANCE_OF_TWO = 10.83;

/**
 * Pearson's statistic of how far counts are from shares.
 *
 * @param shares percentages, none of them 0
 */
export function chiSquare(
  counts: Readonly<Record<string, number>>,
  shares: Readonly<Record<string, number>>,
): number {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return Object.entries(shares).reduce((sum, [cluster, share]) => {
    const expected = (total * share) / 100;
    return sum + ((counts[cluster] ?? 0) - expected) ** 2 / expected;
  }, 0);
}

/** A request that was answered. */
export interface Served {
  /** When it was sent, ms. */
  readonly at: number;
  readonly cluster: string;
}

/**
 * The first so many successive requests that fit the shares.
 *
 * @param served in the order in which they were sent
 * @returns index of the first of them; nothing where none fit
 */
export function firstFit(
  served: readonly Served[],
  shares: Readonly<Record<string, number>>,
  size: number,
): number | undefined {
  const counts: Record<string, number> = {};
  for (const [index, { cluster }] of served.entries()) {
    counts[cluster] = (counts[cluster] ?? 0) + 1;
    const left = served[index - size]?.cluster;
    if (left !== undefined) {
      counts[left] = (counts[left] ?? 0) - 1;
    }
    if (index >= size - 1 && chiSquare(counts, shares) < CHANCE_OF_TWO) {
      return index - size + 1;
    }
  }
  return undefined;
}
