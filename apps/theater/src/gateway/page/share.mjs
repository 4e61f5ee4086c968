/** How many of the last answers a strip of lights shows. */
export const LIGHTS = 16;
/** How many of the last answers a share is measured by. */
export const MEASURED = 100;

/** 97.5th percentile of the normal distribution: 95 % of it lie within both sides. */
const Z = 1.96;

/**
 * Confidence interval of a share, 95 % (E. B. Wilson 1927): unlike the simple one it stays sensible for
 * few answers, and for 0 and 100 %.
 *
 * @param {number} hits
 * @param {number} total
 * @returns {{ low: number, high: number }} percentages
 */
export function interval(hits, total) {
  if (total === 0) {
    return { low: 0, high: 100 };
  }
  const share = hits / total;
  const scale = 1 + Z ** 2 / total;
  const middle = (share + Z ** 2 / (2 * total)) / scale;
  const reach = (Z / scale) * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2));
  return {
    low: Math.max(0, (middle - reach) * 100),
    high: Math.min(100, (middle + reach) * 100),
  };
}

/** The last answers with one more, no more of them than are measured. */
export const remember = (answers, cluster) => [...answers, cluster].slice(-MEASURED);

/**
 * What is shown of a service's last answers: for each cluster, in alphabetical order, and for none,
 * where an answer didn't come, the lights and the share.
 *
 * @param {readonly (string | undefined)[]} answers who answered, the last one last
 */
export function view(answers) {
  const clusters = [...new Set(answers)].toSorted((one, other) =>
    one === undefined ? 1 : other === undefined ? -1 : one.localeCompare(other),
  );
  const last = answers.slice(-LIGHTS);
  return clusters.map((cluster) => {
    const hits = answers.filter((answer) => answer === cluster).length;
    return {
      cluster,
      lights: last.map((answer) => answer === cluster),
      hits,
      total: answers.length,
      share: (hits / answers.length) * 100,
      ...interval(hits, answers.length),
    };
  });
}
