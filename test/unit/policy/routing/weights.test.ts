import assert from "node:assert/strict";
import fc from "fast-check";
import { strayTotal } from "../../../../policy/routing/weights";

const weight = fc.integer({ min: 0, max: 100 });

describe("strayTotal", () => {
  it("is nothing for shares of 100, in however many parts", () => {
    fc.assert(
      fc.property(fc.array(weight, { maxLength: 6 }), (cuts) => {
        const ends = [...cuts, 100].sort((a, b) => a - b);
        assert.equal(strayTotal(ends.map((end, index) => end - (ends[index - 1] ?? 0))), undefined);
      }),
    );
  });

  it("is the sum of everything else, with what is left out as 0", () => {
    fc.assert(
      fc.property(fc.array(fc.option(weight), { minLength: 2 }), (weights) => {
        const sum = weights.reduce<number>((total, one) => total + (one ?? 0), 0);
        assert.equal(strayTotal(weights), sum === 100 ? undefined : sum);
      }),
    );
  });

  it("takes a single destination without a weight for all, and no other", () => {
    assert.equal(strayTotal([undefined]), undefined);
    assert.equal(strayTotal([100]), undefined);
    assert.equal(strayTotal([30]), 30);
    assert.equal(strayTotal([]), undefined);
    assert.equal(strayTotal([undefined, undefined]), 0);
  });
});
