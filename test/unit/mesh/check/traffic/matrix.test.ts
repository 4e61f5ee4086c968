import assert from "node:assert/strict";
import fc from "fast-check";
import { quantile, rowOf } from "../../../../../mesh/check/traffic/matrix";

describe("quantile", () => {
  it("is one of the values, and never decreases with q", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p, q) => {
          const sorted = values.sort((a, b) => a - b);
          const [low, high] = [Math.min(p, q), Math.max(p, q)];
          assert(sorted.includes(quantile(sorted, low)));
          assert(quantile(sorted, low) <= quantile(sorted, high));
        },
      ),
    );
  });
});

describe("rowOf", () => {
  it("counts who answered, and how fast, and what failed", () => {
    const answer = (cluster: string, milliseconds: number) => ({
      status: 200,
      milliseconds,
      body: { cluster, version: "v1", caller: "spiffe://a" },
    });
    const row = rowOf(
      "a",
      [answer("a", 1), answer("b", 5), answer("b", 3), { status: 503, milliseconds: 9 }],
      ["a", "b", "c"],
    );
    assert.deepEqual(row, {
      from: "a",
      to: {
        a: { answers: 1, version: "v1", p50: 1, p99: 1 },
        b: { answers: 2, version: "v1", p50: 3, p99: 5 },
        c: { answers: 0, version: undefined, p50: NaN, p99: NaN },
      },
      failed: 1,
      callers: ["spiffe://a"],
    });
  });
});
