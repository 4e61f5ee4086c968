/** How many of the last answers a strip of lights shows. */
export const LIGHTS = 16;
/** How many of the last answers a share is measured by. */
export const MEASURED = 100;

/** 97.5th percentile of the normal distribution: 95 % of it lie within both sides. */
const Z = 1.96;
/** Chance alone goes beyond it once in a thousand times. */
const Z_SURE = 3.29;

/**
 * Confidence interval of a share, 95 % (E. B. Wilson 1927): unlike the simple one it stays sensible for
 * few answers, and for 0 and 100 %.
 *
 * @param {number} hits
 * @param {number} total
 * @returns {{ low: number, high: number }} percentages
 */
export function interval(hits, total, z = Z) {
  if (total === 0) {
    return { low: 0, high: 100 };
  }
  const share = hits / total;
  const scale = 1 + z ** 2 / total;
  const middle = (share + z ** 2 / (2 * total)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  return {
    low: Math.max(0, (middle - reach) * 100),
    high: Math.min(100, (middle + reach) * 100),
  };
}

/**
 * An answer: who gave it, nobody where none came, and whether the weights decided that.
 *
 * @typedef {{ cluster: string | undefined, weighted: boolean }} Answer
 */

/** The last answers with one more, no more of them than are measured. */
export const remember = (answers, answer) => [...answers, answer].slice(-MEASURED);

/** The same answers, none of which says anything of the weights that hold from now on. */
export const outdated = (answers) => answers.map((answer) => ({ ...answer, weighted: false }));

/**
 * What is shown of a service's last answers: for each cluster, and for none where an answer didn't
 * come, the lights, the share, and how it goes with the weight that is configured.
 *
 * @param {readonly Answer[]} answers the last one last
 * @param {Readonly<Record<string, number>> | undefined} shares percentages by cluster, where known
 */
export function view(answers, shares) {
  const names = new Set([...Object.keys(shares ?? {}), ...answers.map(({ cluster }) => cluster)]);
  const last = answers.slice(-LIGHTS);
  const weighted = answers.filter((answer) => answer.weighted);
  const answered = weighted.filter(({ cluster }) => cluster !== undefined);
  return [...names].toSorted(order).map((cluster) => {
    const hits = weighted.filter((answer) => answer.cluster === cluster).length;
    const total = cluster === undefined ? weighted.length : answered.length;
    const configured = cluster === undefined ? undefined : shares && (shares[cluster] ?? 0);
    return {
      cluster,
      lights: last.map((answer) => answer.cluster === cluster),
      hits,
      total,
      share: total === 0 ? 0 : (hits / total) * 100,
      ...interval(hits, total),
      configured,
      deviates: configured !== undefined && isOutside(configured, interval(hits, total, Z_SURE)),
    };
  });
}

/** In alphabetical order, nobody last. */
const order = (one, other) =>
  one === undefined ? 1 : other === undefined ? -1 : one.localeCompare(other);

const isOutside = (share, { low, high }) => share < low - 1e-9 || share > high + 1e-9;
