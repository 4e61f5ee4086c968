import assert from "node:assert/strict";
import fc from "fast-check";
import { wrap } from "../../../cli/wrap";

describe("wrap", () => {
  it("breaks between words and keeps a longer word whole", () => {
    assert.deepEqual(wrap("one two https://example.test/long three", 8), [
      "one two",
      "https://example.test/long",
      "three",
    ]);
    assert.deepEqual(wrap("", 8), []);
  });

  it("loses no word, and is too wide only where one word is", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/)),
        fc.integer({ min: 1, max: 30 }),
        (words, width) => {
          const lines = wrap(words.join(" "), width);
          assert.deepEqual(
            lines.flatMap((line) => line.split(" ")),
            words,
          );
          assert(lines.every((line) => line.length <= width || !line.includes(" ")));
        },
      ),
    );
  });
});
