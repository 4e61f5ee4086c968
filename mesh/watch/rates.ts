import { Unseen } from "../check/facts";
import type { EndpointCounts, ProxyCounts } from "../topology/counts";
import type { MeshCounts } from "../topology/proxies";

/** What all proxies have counted up to one moment. */
export interface Sample {
  /** Milliseconds, of a clock that only goes on. */
  readonly at: number;
  readonly counts: MeshCounts;
}

/**
 * What was counted between two samples: only by proxies that are in both, since what another has
 * counted before nobody knows.
 */
export const countedBetween = (before: Sample, after: Sample): MeshCounts =>
  Object.fromEntries(
    Object.entries(after.counts).map(([id, counts]) => {
      const earlier = before.counts[id];
      return [
        id,
        counts instanceof Unseen
          ? counts
          : {
              ...counts,
              proxies: counts.proxies.flatMap((proxy) => {
                const known =
                  earlier === undefined || earlier instanceof Unseen
                    ? undefined
                    : earlier.proxies.find((one) => one.proxy === proxy.proxy);
                return known === undefined ? [] : [difference(known, proxy)];
              }),
            },
      ];
    }),
  );

function difference(before: ProxyCounts, after: ProxyCounts): ProxyCounts {
  const known = new Map(before.endpoints.map((one) => [keyOf(one), one]));
  return {
    ...after,
    endpoints: after.endpoints.map((one) => {
      const earlier = known.get(keyOf(one));
      return {
        ...one,
        requests: increase(earlier?.requests, one.requests),
        failed: increase(earlier?.failed, one.failed),
      };
    }),
  };
}

const keyOf = ({ host, port, subset, endpoint }: EndpointCounts): string =>
  [host, port, subset, endpoint].join("|");

/** A count that went down began anew: the endpoint, or the proxy, is another under the old name. */
const increase = (before = 0, after: number): number => (after < before ? after : after - before);
