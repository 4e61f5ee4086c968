import { InvalidArgumentError } from "commander";
import assert from "node:assert/strict";
import { DEFAULT_EXTRAS, parseExtras } from "../../../lab/extras-option";

describe("what runs on the lab's mesh", () => {
  it("is named with commas, spaces or not, and once is enough", () => {
    assert.deepEqual([...parseExtras("https, theater,https")].sort(), ["https", "theater"]);
  });

  it("is nothing for none and for an empty text, and the theater by default", () => {
    assert.deepEqual([...parseExtras("none")], []);
    assert.deepEqual([...parseExtras("")], []);
    assert.deepEqual([...parseExtras(DEFAULT_EXTRAS)], ["theater"]);
  });

  it("can't be what isn't there, nor none and something", () => {
    for (const text of ["portal", "none,theater", "Theater"]) {
      assert.throws(() => parseExtras(text), InvalidArgumentError);
    }
  });
});
