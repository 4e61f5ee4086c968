import assert from "node:assert/strict";
import fc from "fast-check";
import { pkiPlan } from "../../../../components/trust/pki-plan";
import { parseConfig } from "../../../../config/parse";
import { clusterNames } from "../../../support/config";

const plan = (count: number, pki: Record<string, unknown> = {}) => {
  const clusters = clusterNames(count).map((name) => ({ name }));
  const config = parseConfig({ clusters, pki }, "trust");
  assert(config.kind === "trust");
  return pkiPlan(config.pki, config.mesh.clusters);
};

describe("pkiPlan", () => {
  it("makes one root and an intermediate per cluster, each named after what it is", () => {
    assert.deepEqual(plan(2), {
      roots: [{ generation: 1 }],
      intermediates: [
        { name: "intermediate-cluster1-1-1", cluster: "cluster1", generation: 1, root: 1 },
        { name: "intermediate-cluster2-1-1", cluster: "cluster2", generation: 1, root: 1 },
      ],
    });
  });

  it("rotates one cluster's intermediate, and no other, by its generation", () => {
    const before = plan(3).intermediates;
    const after = plan(3, { intermediates: { cluster2: 2 } }).intermediates;
    const changed = after.filter(({ name }, index) => name !== before[index]?.name);
    assert.deepEqual(
      changed.map(({ name }) => name),
      ["intermediate-cluster2-1-2"],
    );
  });

  it("keeps the old signer while a new root is only trusted, and its order in the bundle", () => {
    const trusting = plan(1, { roots: [1, 2] });
    assert.deepEqual(trusting.roots, [{ generation: 1 }, { generation: 2 }]);
    assert.equal(trusting.intermediates[0]?.root, 1);
    const signing = plan(1, { roots: [1, 2], signer: 2 });
    assert.deepEqual(signing.roots, trusting.roots);
    assert.equal(signing.intermediates[0]?.root, 2);
  });

  it("never gives two certificates one name", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 9 }),
        (count, generation) => {
          const { intermediates } = plan(count, { intermediates: { cluster1: generation } });
          assert.equal(new Set(intermediates.map(({ name }) => name)).size, count);
        },
      ),
    );
  });
});
