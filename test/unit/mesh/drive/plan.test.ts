import assert from "node:assert/strict";
import fc from "fast-check";
import { waves } from "../../../../mesh/drive/plan";
import type { Operation } from "../../../../mesh/stack-run";

const toRun = (stack: string) => ({ stack, kubeconfigs: {} });
const trust = toRun("trust");
const clusters = ["ncloud", "nhn"].map(toRun);

describe("waves", () => {
  it("runs trust before the clusters that read its certificates", () => {
    for (const operation of ["preview", "up", "refresh"] as const) {
      assert.deepEqual(
        waves({ trust, clusters }, operation).map(({ stacks }) => stacks),
        [[trust], clusters],
      );
    }
  });

  it("destroys trust after the clusters", () => {
    assert.deepEqual(
      waves({ trust, clusters }, "destroy").map(({ stacks }) => stacks),
      [clusters, [trust]],
    );
  });

  it("leaves out what there is none of", () => {
    assert.deepEqual(waves({ trust: undefined, clusters: [toRun("nhn")] }, "up"), [
      { title: "Clusters", stacks: [toRun("nhn")] },
    ]);
    assert.deepEqual(waves({ trust, clusters: [] }, "destroy"), [
      { title: "Trust", stacks: [trust] },
    ]);
  });

  it("runs every stack exactly once, whatever the mesh and the operation", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 60 }),
        fc.option(fc.constant("the trust stack, which no cluster is called"), { nil: undefined }),
        fc.constantFrom<Operation>("preview", "up", "refresh", "destroy"),
        (names, trust, operation) => {
          const mesh = { trust: trust && toRun(trust), clusters: names.map(toRun) };
          const all = waves(mesh, operation).flatMap(({ stacks }) =>
            stacks.map(({ stack }) => stack),
          );
          assert.deepEqual(
            [...all].sort(),
            [...names, ...(trust === undefined ? [] : [trust])].sort(),
          );
        },
      ),
    );
  });
});
