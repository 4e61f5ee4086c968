import type { Cluster, ClusterConfig, Mesh } from "../../config/model";
import type { Finding } from "../finding";
import { finding, type CheckInfo, type PlacedVerdict, type Verdict } from "../preflight/check";
import { Unseen, type FactName, type Facts, type Sight } from "./facts";

export { ok, type CheckInfo, type PlacedVerdict, type Verdict } from "../preflight/check";

/** Columns of the overview before those of the clusters. */
export const COLUMNS = ["API server", "istiod", "trust", "mTLS", "gateway"] as const;
/** `traffic`: the column of the peer, or of the cluster itself where it is about no peer. */
export type Column = (typeof COLUMNS)[number] | "traffic";

/** What every check says of itself. */
interface CheckSpec extends CheckInfo {
  readonly column: Column;
  /**
   * Checks whose errors, at the same cluster or in the same direction, explain this one's: what
   * follows from another fault is no fault of its own.
   */
  readonly follows?: readonly string[];
}

/** One check over everything that was seen. */
export interface Check extends CheckSpec {
  run(sights: readonly Sight[], world: World): Finding[];
}

/** What no single cluster tells. */
export interface World {
  readonly mesh: Mesh;
  readonly now: Date;
  /** SHA-256 fingerprints of the roots, as the trust stack has them; nothing where it can't be read. */
  readonly roots: readonly string[] | undefined;
}

/** The cluster that is judged, as its stack describes it. */
export interface Self {
  readonly cluster: Cluster;
  readonly config: ClusterConfig;
}

/** Facts that have to be there, and facts that may be. */
type Given<K extends FactName, O extends FactName> = Pick<Facts, K> & {
  readonly [P in O]?: Facts[P] | undefined;
};

interface ClusterCheck<K extends FactName, O extends FactName> extends CheckSpec {
  readonly needs: readonly K[];
  readonly wants?: readonly O[];
  judge(facts: Given<K, O>, self: Self, world: World): readonly Verdict[];
}

interface DirectionCheck<
  K extends FactName,
  O extends FactName,
  P extends FactName,
> extends CheckSpec {
  readonly needs: readonly K[];
  readonly wants?: readonly O[];
  /** What is known of the peer itself, where it was looked at. */
  readonly wantsOfPeer?: readonly P[];
  judge(
    facts: Given<K, O>,
    self: Self,
    peer: { readonly cluster: Cluster } & Given<never, P>,
    world: World,
  ): readonly Verdict[];
}

interface FleetCheck<K extends FactName> extends CheckSpec {
  readonly needs: readonly K[];
  judge(
    seen: readonly (Self & { readonly facts: Pick<Facts, K> })[],
    world: World,
  ): readonly PlacedVerdict[];
}

/** A check that looks at one cluster at a time. */
export const clusterCheck = <K extends FactName, O extends FactName = never>(
  check: ClusterCheck<K, O>,
): Check & Pick<ClusterCheck<K, O>, "judge"> => ({
  ...check,
  run: (sights, world) =>
    sights.flatMap((sight) => {
      const facts = given(sight, check.needs, check.wants);
      return facts === undefined
        ? []
        : check
            .judge(facts, sight, world)
            .map((verdict) => finding(check, { ...verdict, cluster: sight.cluster.id }));
    }),
});

/** A check that looks from one cluster at another, in every direction. */
export const directionCheck = <
  K extends FactName,
  O extends FactName = never,
  P extends FactName = never,
>(
  check: DirectionCheck<K, O, P>,
): Check & Pick<DirectionCheck<K, O, P>, "judge"> => ({
  ...check,
  run: (sights, world) =>
    sights.flatMap((sight) => {
      const facts = given(sight, check.needs, check.wants);
      return facts === undefined
        ? []
        : sight.config.peers.flatMap(({ cluster }) => {
            const other = sights.find((one) => one.cluster.id === cluster.id);
            const known = (other && given(other, [], check.wantsOfPeer)) ?? {};
            return check
              .judge(facts, sight, { cluster, ...(known as Given<never, P>) }, world)
              .map((verdict) =>
                finding(check, { ...verdict, cluster: sight.cluster.id, peer: cluster.id }),
              );
          });
    }),
});

/** A check that compares clusters. */
export const fleetCheck = <K extends FactName>(
  check: FleetCheck<K>,
): Check & Pick<FleetCheck<K>, "judge"> => ({
  ...check,
  run: (sights, world) => {
    const seen = sights.flatMap(({ cluster, config, ...sight }) => {
      const facts = given({ cluster, config, ...sight }, check.needs);
      return facts === undefined ? [] : [{ cluster, config, facts }];
    });
    return check.judge(seen, world).map((verdict) => finding(check, verdict));
  },
});

/** The facts that a check needs, with those that it can use; nothing where one of the former lacks. */
function given<K extends FactName, O extends FactName>(
  { facts }: Sight,
  needs: readonly K[],
  wants: readonly O[] = [],
): Given<K, O> | undefined {
  if (needs.some((name) => facts[name] instanceof Unseen)) {
    return undefined;
  }
  const known: unknown = Object.fromEntries(
    [...needs, ...wants.filter((name) => !(facts[name] instanceof Unseen))].map((name) => [
      name,
      facts[name],
    ]),
  );
  return known as Given<K, O>;
}
