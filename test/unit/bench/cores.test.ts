import assert from "node:assert/strict";
import { coresOf } from "../../../bench/cores";

describe("a list of cores", () => {
  it("may have ranges, single cores, or one core only", () => {
    assert.deepEqual(coresOf("0-2,5"), [0, 1, 2, 5]);
    assert.deepEqual(coresOf("4-5"), [4, 5]);
    assert.deepEqual(coresOf("7"), [7]);
  });
});
