import assert from "node:assert/strict";
import { CHANCE_OF_TWO, chiSquare, firstFit, type Served } from "../../../lab/fit";

const SHARES = { ncloud: 70, nhn: 30 };

/** So many requests, of which every tenth ones of these go to the second cluster. */
const served = (count: number, toSecond: readonly number[]): Served[] =>
  Array.from({ length: count }, (_, at) => ({
    at,
    cluster: toSecond.includes(at % 10) ? "nhn" : "ncloud",
  }));

describe("chiSquare", () => {
  it("is 0 where counts are the shares, and grows with the distance", () => {
    assert.equal(chiSquare({ ncloud: 1400, nhn: 600 }, SHARES), 0);
    // (1346 − 1400)² / 1400 + (654 − 600)² / 600
    assert.equal(Math.round(chiSquare({ ncloud: 1346, nhn: 654 }, SHARES) * 100) / 100, 6.94);
    assert(chiSquare({ ncloud: 1300, nhn: 700 }, SHARES) > CHANCE_OF_TWO);
    assert(chiSquare({ ncloud: 2000 }, SHARES) > CHANCE_OF_TWO);
  });
});

describe("firstFit", () => {
  it("finds the first requests in a row that fit, with no more of those before than chance allows", () => {
    const before = served(500, []);
    const after = served(1000, [1, 4, 7]);
    const found = firstFit([...before, ...after], SHARES, 1000);
    assert(found !== undefined && found > 300 && found <= 500, String(found));
    assert.equal(firstFit(after, SHARES, 1000), 0);
  });

  it("finds nothing among too few, or where none fit", () => {
    assert.equal(firstFit(served(999, [1, 4, 7]), SHARES, 1000), undefined);
    assert.equal(firstFit(served(3000, [1]), SHARES, 1000), undefined);
  });
});
