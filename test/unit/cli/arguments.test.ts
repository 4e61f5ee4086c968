import assert from "node:assert/strict";
import { durationSeconds, wholeNumber } from "../../../cli/arguments";

describe("durationSeconds", () => {
  it("reads seconds, minutes and hours", () =>
    assert.deepEqual(["90s", "5m", "1h", "0s"].map(durationSeconds), [90, 300, 3600, 0]));

  for (const text of ["5", "m", "-5m", "1.5h", "5 m", "1d", ""]) {
    it(`refuses "${text}"`, () =>
      assert.throws(() => durationSeconds(text), /Write a duration such as 90s, 5m or 1h\./));
  }
});

describe("wholeNumber", () => {
  it("reads numbers within both ends, and refuses others", () => {
    const parse = wholeNumber(1, 40);
    assert.deepEqual(["1", "40"].map(parse), [1, 40]);
    for (const text of ["0", "41", "2.5", "x"]) {
      assert.throws(() => parse(text), /Write a whole number from 1 to 40\./);
    }
  });
});
