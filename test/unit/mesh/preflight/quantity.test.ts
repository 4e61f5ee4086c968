import assert from "node:assert/strict";
import { quantity } from "../../../../mesh/preflight/quantity";

describe("quantity", () => {
  const cases: readonly (readonly [text: string | undefined, value: number])[] = [
    ["500m", 0.5],
    ["2", 2],
    ["1.5", 1.5],
    ["100k", 100_000],
    ["128Mi", 134_217_728],
    ["2Gi", 2_147_483_648],
    ["4G", 4_000_000_000],
    ["1e3", 1000],
    ["7910Ki", 8_099_840],
    ["", 0],
    [undefined, 0],
    ["much", 0],
    ["5Xi", 0],
  ];
  for (const [text, value] of cases) {
    it(`reads ${text ?? "nothing"} as ${value}`, () => assert.equal(quantity(text), value));
  }
});
