import { ConfigError, UserError } from "./errors";
import { checkHost } from "./host-name";
import type { TheaterConfig, TheaterPage, TheaterRoute } from "./model";
import { SPREAD_SERVICES, WEIGHTED_SERVICES } from "./theater-schema";
import type { RawTheater, SpreadService, WeightedService } from "./theater-schema";

const KEY = "mesh:theater";

/** Shares of the first two clusters that run a service (the seed's). */
const FIRST_SHARES: Readonly<Record<WeightedService, readonly [number, number]>> = {
  "user-service": [70, 30],
  "movie-service": [30, 70],
  "booking-service": [50, 50],
};

/**
 * The part that one cluster has in the theater.
 *
 * @param clusters IDs of the mesh's clusters, in order
 * @param control whether there is a token for the page's traffic and scenario buttons
 * @returns nothing where the theater is not enabled
 * @throws UserError for clusters that nobody knows, and for shares that can't take effect
 */
export function theaterConfig(
  raw: RawTheater,
  clusters: readonly string[],
  self: string,
  control = false,
): TheaterConfig | undefined {
  if (!raw.enabled) {
    return undefined;
  }
  const places = placesOf(raw, clusters);
  const redis = raw.placement.redis ?? firstOf(clusters);
  checkCluster(redis, `${KEY}.placement.redis`, clusters);
  if (raw.canary !== undefined) {
    checkCluster(raw.canary, `${KEY}.canary`, clusters);
  }
  const entry = entryOf(raw, clusters);
  return {
    entry: theaterGateway(raw, clusters) === self ? entry : undefined,
    services: SPREAD_SERVICES.filter((name) => places[name].includes(self)).map((name) => ({
      name,
      image: raw.images[name],
    })),
    redis:
      redis === self
        ? { image: raw.images.redis, storage: raw.storage, storageClass: raw.storageClass }
        : undefined,
    routes: WEIGHTED_SERVICES.map((name) => routeOf(name, raw, places[name])),
    replicas: raw.replicas,
    nodeAffinity: raw.nodeAffinity,
    page: pageOf(raw, places["api-gateway"], control),
  };
}

function pageOf(
  { page: { topology } }: RawTheater,
  viewers: readonly string[],
  control: boolean,
): TheaterPage | undefined {
  if (control && !topology) {
    throw new UserError(
      `mesh:theaterControlToken is set, and ${KEY}.page.topology is false: the buttons need what it shows, so remove one of them`,
      2,
    );
  }
  return topology ? { viewers, control } : undefined;
}

/** ID of the cluster whose ingress gateway the host's DNS record names. */
export const theaterGateway = (raw: RawTheater, clusters: readonly string[]): string =>
  raw.gateway ?? firstOf(clusters);

/** Whether a cluster's part in the theater looks at the peers: where the gateway runs, if at all. */
export const looksAtPeers = (theater: TheaterConfig | undefined): boolean =>
  theater?.page !== undefined && theater.services.some(({ name }) => name === "api-gateway");

function placesOf(
  { placement }: RawTheater,
  clusters: readonly string[],
): Readonly<Record<SpreadService, readonly string[]>> {
  const places = {
    "user-service": placement["user-service"] ?? clusters,
    "movie-service": placement["movie-service"] ?? clusters,
    "booking-service": placement["booking-service"] ?? clusters,
    "api-gateway": placement["api-gateway"] ?? clusters.slice(0, 1),
  };
  for (const name of SPREAD_SERVICES) {
    const key = `${KEY}.placement.${name}`;
    places[name].forEach((cluster, index) => checkCluster(cluster, `${key}[${index}]`, clusters));
    const twice = places[name].findIndex((cluster, index) => places[name].indexOf(cluster) < index);
    if (twice >= 0) {
      throw new ConfigError(
        `${key}[${twice}]`,
        "another cluster than those before it",
        places[name][twice],
        "name each cluster once",
      );
    }
  }
  return places;
}

function entryOf(raw: RawTheater, clusters: readonly string[]): TheaterConfig["entry"] {
  const { host, entry, existingGateway } = raw;
  checkCluster(theaterGateway(raw, clusters), `${KEY}.gateway`, clusters);
  if ((entry === "existing") !== (existingGateway !== undefined)) {
    throw new UserError(
      entry === "existing"
        ? `${KEY}.existingGateway is missing, and ${KEY}.entry is existing: write <namespace>/<name> of your Gateway`
        : `${KEY}.existingGateway is set, and ${KEY}.entry is ${entry}: write existing there, or remove the Gateway`,
      2,
    );
  }
  if (host === undefined) {
    return undefined;
  }
  // What needs no certificate may take every host.
  if (entry === "https" || host !== "*") {
    checkHost(host, `${KEY}.host`);
  }
  return existingGateway === undefined
    ? { kind: entry === "http" ? "http" : "https", host }
    : { kind: "existing", host, gateway: existingGateway };
}

function routeOf(
  service: WeightedService,
  raw: RawTheater,
  places: readonly string[],
): TheaterRoute {
  const weights = raw.weights[service] ?? defaultWeights(service, places);
  checkWeights(weights, places, `${KEY}.weights.${service}`);
  if (raw.canary !== undefined && places.length > 1 && !places.includes(raw.canary)) {
    throw new ConfigError(
      `${KEY}.canary`,
      `a cluster that runs ${service}`,
      raw.canary,
      `write ${places.join(" or ")}`,
    );
  }
  return {
    service,
    weights: places.map((cluster) => ({ cluster, weight: weights[cluster] ?? 0 })),
    canary: places.length > 1 ? (raw.canary ?? places[1]) : undefined,
  };
}

/** Two clusters share as the table says; more, or one, share alike, the first takes what is left over. */
function defaultWeights(
  service: WeightedService,
  places: readonly string[],
): Readonly<Record<string, number>> {
  const even = Math.floor(100 / places.length);
  const shares =
    places.length === 2
      ? FIRST_SHARES[service]
      : places.map((_, index) => (index === 0 ? 100 - even * (places.length - 1) : even));
  return Object.fromEntries(places.map((cluster, index) => [cluster, shares[index] ?? 0]));
}

/**
 * Refuses shares that can't take effect.
 *
 * @param places IDs of the clusters that run the service
 * @param key where the shares are written, e.g. `mesh:theater.weights.user-service`
 */
export function checkWeights(
  weights: Readonly<Record<string, number>>,
  places: readonly string[],
  key: string,
): void {
  const stranger = Object.keys(weights).find((cluster) => !places.includes(cluster));
  if (stranger !== undefined) {
    throw new ConfigError(
      `${key}.${stranger}`,
      "a share of a cluster that runs the service",
      stranger,
      `write ${places.join(" or ")}`,
    );
  }
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0);
  if (sum !== 100) {
    const list = Object.entries(weights).map(([cluster, weight]) => `${cluster} (${weight})`);
    throw new ConfigError(key, "100 together", sum, `change ${list.join(", ")}`);
  }
}

function checkCluster(name: string, key: string, clusters: readonly string[]): void {
  if (!clusters.includes(name)) {
    throw new ConfigError(
      key,
      "a cluster of mesh:clusters",
      name,
      `write ${clusters.join(" or ")}`,
    );
  }
}

const firstOf = (clusters: readonly string[]): string => clusters[0] as string;
