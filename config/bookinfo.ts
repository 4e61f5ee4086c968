import type { RawBookinfo } from "./bookinfo-schema";
import { ConfigError, UserError } from "./errors";
import { checkHost } from "./host-name";

export type BookinfoWorkload = keyof RawBookinfo["images"];
export type ReviewsVersion = keyof RawBookinfo["weights"];

/** Where a share of the requests to reviews goes. */
export interface ReviewsRoute {
  readonly version: ReviewsVersion;
  /** Percentage, above 0. */
  readonly weight: number;
  /** Gateways of other clusters that lead to it; none where the mesh knows the way. */
  readonly addresses: readonly string[];
}

/** The part that one cluster has in Bookinfo. */
export interface BookinfoConfig {
  /** Only where the product page's host enters through this cluster's ingress gateway. */
  readonly entry: { readonly host: string; readonly kind: "https" | "http" } | undefined;
  readonly workloads: readonly { readonly name: BookinfoWorkload; readonly image: string }[];
  /** Every version that runs somewhere. */
  readonly versions: readonly ReviewsVersion[];
  readonly routes: readonly ReviewsRoute[];
  /** Versions of this cluster that others reach by its gateway's address. */
  readonly opened: readonly ReviewsVersion[];
}

type Placement = Readonly<Record<BookinfoWorkload, readonly string[]>>;

const KEY = "mesh:bookinfo";
const VERSIONS = ["v1", "v2", "v3"] as const satisfies readonly ReviewsVersion[];
const reviews = <V extends ReviewsVersion>(version: V) => `reviews-${version}` as const;

/**
 * The part that one cluster has in Bookinfo.
 *
 * @param clusters IDs of the mesh's clusters, in order
 * @returns nothing where Bookinfo is not enabled
 * @throws UserError for clusters that nobody knows, and for shares that can't take effect
 */
export function bookinfoConfig(
  raw: RawBookinfo,
  clusters: readonly string[],
  self: string,
): BookinfoConfig | undefined {
  if (!raw.enabled) {
    return undefined;
  }
  const placement = placementOf(raw, clusters);
  checkWeights(raw.weights, placement);
  const { host } = raw;
  const gateway = bookinfoGateway(raw, clusters);
  checkCluster(gateway, `${KEY}.gateway`, clusters);
  if (host !== undefined) {
    checkHost(host, `${KEY}.host`);
  }
  if (host !== undefined && placement.productpage.length === 0) {
    throw new UserError(
      `${KEY}.host is ${host}, but the product page runs nowhere: name a cluster in ${KEY}.placement.productpage, or remove the host`,
      2,
    );
  }
  const names = Object.keys(raw.images) as BookinfoWorkload[];
  const versions = VERSIONS.filter((version) => placement[reviews(version)].length > 0);
  const inMesh = clusters.filter((name) => name === self || !(name in raw.addresses));
  return {
    entry: host !== undefined && gateway === self ? { host, kind: raw.entry } : undefined,
    workloads: names
      .filter((name) => placement[name].includes(self))
      .map((name) => ({ name, image: raw.images[name] })),
    versions,
    routes: versions
      .map((version) => ({
        version,
        weight: raw.weights[version],
        addresses: addressesOf(placement[reviews(version)], inMesh, raw.addresses),
      }))
      .filter(({ weight }) => weight > 0),
    opened:
      self in raw.addresses
        ? versions.filter((version) => placement[reviews(version)].includes(self))
        : [],
  };
}

/** The cluster whose ingress gateway the product page's host enters through. */
export const bookinfoGateway = ({ gateway }: RawBookinfo, clusters: readonly string[]): string =>
  gateway ?? (clusters[0] as string);

/** The guide's split: version 1 in the first cluster, version 2 in the second, the rest in the first. */
function placementOf(raw: RawBookinfo, clusters: readonly string[]): Placement {
  const [first = "", second = first] = clusters;
  const placement: Placement = {
    productpage: [first],
    details: [first],
    ratings: [first],
    "reviews-v1": [first],
    "reviews-v2": [second],
    "reviews-v3": [],
    client: clusters,
    ...definedOnly(raw.placement),
  };
  const known = [...clusters, ...Object.keys(raw.addresses)];
  for (const [workload, places] of Object.entries(placement)) {
    places.forEach((name, index) =>
      checkCluster(name, `${KEY}.placement.${workload}[${index}]`, known),
    );
  }
  return placement;
}

const definedOnly = (placement: RawBookinfo["placement"]): Partial<Placement> =>
  Object.fromEntries(Object.entries(placement).filter(([, places]) => places !== undefined));

function checkWeights(weights: RawBookinfo["weights"], placement: Placement): void {
  const sum = VERSIONS.reduce((total, version) => total + weights[version], 0);
  if (sum !== 100) {
    throw new ConfigError(
      `${KEY}.weights`,
      "100 together",
      sum,
      `change ${VERSIONS.map((version) => `${version} (${weights[version]})`).join(", ")}`,
    );
  }
  const nowhere = VERSIONS.find(
    (version) => weights[version] > 0 && placement[reviews(version)].length === 0,
  );
  if (nowhere !== undefined) {
    throw new UserError(
      `${KEY}.weights.${nowhere} is ${weights[nowhere]}, but reviews-${nowhere} runs nowhere: name a cluster in ${KEY}.placement.reviews-${nowhere}, or write 0`,
      2,
    );
  }
}

/** The gateways of the clusters that run a version, where none of them is in the mesh's own reach. */
const addressesOf = (
  places: readonly string[],
  inMesh: readonly string[],
  addresses: Readonly<Record<string, string>>,
): string[] =>
  places.some((name) => inMesh.includes(name))
    ? []
    : places.flatMap((name) => addresses[name] ?? []);

function checkCluster(name: string, key: string, known: readonly string[]): void {
  if (!known.includes(name)) {
    throw new ConfigError(
      key,
      `a cluster of mesh:clusters or ${KEY}.addresses`,
      name,
      `write ${known.join(" or ")}`,
    );
  }
}
