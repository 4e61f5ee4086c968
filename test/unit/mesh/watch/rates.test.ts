import assert from "node:assert/strict";
import fc from "fast-check";
import { Unseen } from "../../../../mesh/check/facts";
import type { EndpointCounts } from "../../../../mesh/topology/counts";
import type { ClusterCounts } from "../../../../mesh/topology/proxies";
import { countedBetween, type Sample } from "../../../../mesh/watch/rates";
import { ECHO } from "../../../support/topologies";

const endpoint = (requests: number, address = "10.0.0.9:8080"): EndpointCounts => ({
  ...ECHO,
  subset: "",
  endpoint: address,
  requests,
  failed: 0,
  connections: 3,
});

const sample = (proxies: Readonly<Record<string, readonly EndpointCounts[]>>): Sample => ({
  at: 0,
  counts: {
    ncloud: {
      running: 1,
      silent: [],
      proxies: Object.entries(proxies).map(([proxy, endpoints]) => ({ proxy, endpoints })),
    },
  },
});

const requests = (before: Sample, after: Sample): number[] => {
  const counts = countedBetween(before, after)["ncloud"] as ClusterCounts;
  return counts.proxies.flatMap(({ endpoints }) => endpoints.map((one) => one.requests));
};

describe("countedBetween", () => {
  it("is what a proxy has counted since the sample before", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (first, more) => {
        const counted = requests(
          sample({ a: [endpoint(first)] }),
          sample({ a: [endpoint(first + more)] }),
        );
        assert.deepEqual(counted, [more]);
      }),
    );
  });

  it("is never negative, whatever restarts in between", () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.array(fc.nat()), (before, after) => {
        const counted = requests(
          sample({ a: before.map((count, index) => endpoint(count, `10.0.0.${index}:1`)) }),
          sample({ a: after.map((count, index) => endpoint(count, `10.0.0.${index}:1`)) }),
        );
        assert.equal(counted.length, after.length);
        counted.forEach((count, index) => assert(count >= 0 && count <= (after[index] ?? 0)));
      }),
    );
  });

  it("counts a new endpoint from nothing, and leaves out a proxy that wasn't asked before", () => {
    const before = sample({ a: [] });
    assert.deepEqual(requests(before, sample({ a: [endpoint(7)], b: [endpoint(9)] })), [7]);
  });

  it("keeps what is open now, and what could not be seen", () => {
    const both = sample({ a: [endpoint(7)] });
    const counts = countedBetween(both, both)["ncloud"] as ClusterCounts;
    assert.equal(counts.proxies[0]?.endpoints[0]?.connections, 3);
    const lost = { at: 0, counts: { ncloud: new Unseen("gone") } };
    assert(countedBetween(both, lost)["ncloud"] instanceof Unseen);
    assert.deepEqual(requests(lost, both), []);
  });
});
