import type { Shares } from "../../apps/theater/src/routing/rules";
import { UserError } from "../../config/errors";
import { checkWeights } from "../../config/theater";
import { WEIGHTED_SERVICES, type WeightedService } from "../../config/theater-schema";

export type { Shares };

/**
 * The service that a command names.
 *
 * @param name with or without its ending, e.g. `user` for `user-service`
 * @throws UserError for one that doesn't exist or isn't divided
 */
export function serviceNamed(name: string): WeightedService {
  const service = WEIGHTED_SERVICES.find((known) => known === name || known === `${name}-service`);
  if (service === undefined) {
    const names = WEIGHTED_SERVICES.map((known) => known.replace(/-service$/, ""));
    throw new UserError(
      `${name} is no service whose traffic is divided: write ${names.join(" or ")}`,
      2,
    );
  }
  return service;
}

/**
 * Shares as they are written on the command line; a cluster that isn't named gets 0.
 *
 * @param texts e.g. `ncloud=90`, `nhn=10`
 * @param places IDs of the clusters that run the service
 * @throws UserError for what is no share, for other clusters, and where they aren't 100 together
 */
export function parseShares(texts: readonly string[], places: readonly string[]): Shares {
  const given = new Map<string, number>();
  for (const text of texts) {
    const [, cluster, percent] = /^([^=]+)=(\d{1,3})$/.exec(text) ?? [];
    if (cluster === undefined || Number(percent) > 100) {
      throw new UserError(
        `${text} is no share: write <cluster>=<percentage from 0 to 100>, e.g. ${places[0] ?? "ncloud"}=90`,
        2,
      );
    }
    if (!places.includes(cluster)) {
      throw new UserError(
        `${cluster} doesn't run the service, so it can have no share: write ${places.join(" or ")}`,
        2,
      );
    }
    if (given.has(cluster)) {
      throw new UserError(`${cluster} has two shares: name each cluster once`, 2);
    }
    given.set(cluster, Number(percent));
  }
  checkWeights(Object.fromEntries(given), places, "The shares");
  return Object.fromEntries(places.map((cluster) => [cluster, given.get(cluster) ?? 0]));
}

export const sameShares = (one: Shares, other: Shares): boolean =>
  Object.keys({ ...one, ...other }).every((key) => (one[key] ?? 0) === (other[key] ?? 0));

/** `ncloud 90 : nhn 10` */
export const sharesText = (shares: Shares): string =>
  Object.entries(shares)
    .map(([cluster, weight]) => `${cluster} ${weight}`)
    .join(" : ");
