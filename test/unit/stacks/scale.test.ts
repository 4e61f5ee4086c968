import assert from "node:assert/strict";
import { clusterNames } from "../../support/config";
import { runClusterStack } from "../../support/run-stack";

/** Resources that a cluster's stack has for each peer: a provider, a reader and a remote secret. */
const PER_PEER = 9;

describe("a cluster's stack", () => {
  const counts = new Map<number, number>();

  for (const count of [1, 2, 5, 10, 25, 50]) {
    it(`registers a mesh of ${count}`, async function () {
      this.timeout(60_000);
      const names = clusterNames(count);
      counts.set(count, (await runClusterStack(names, "cluster1")).length);
    });
  }

  it(`grows by ${PER_PEER} resources a peer, however many there are`, () => {
    const alone = counts.get(1) as number;
    for (const [count, resources] of counts) {
      assert.equal(resources, alone + PER_PEER * (count - 1), `a mesh of ${count}`);
    }
  });
});
