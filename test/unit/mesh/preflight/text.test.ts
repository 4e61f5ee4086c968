import assert from "node:assert/strict";
import { count, enumerate, unique } from "../../../../mesh/preflight/text";

describe("texts of findings", () => {
  it("enumerate", () => {
    assert.equal(enumerate([]), "");
    assert.equal(enumerate(["a"]), "a");
    assert.equal(enumerate(["a", "b"]), "a and b");
    assert.equal(enumerate(["a", "b", "c"]), "a, b and c");
    assert.equal(enumerate(["a", "b", "c", "d"], 3), "a, b and 2 more");
  });

  it("count and name each once", () => {
    assert.equal(count(1, "node"), "1 node");
    assert.equal(count(0, "node"), "0 nodes");
    assert.deepEqual(unique(["a", "b", "a"]), ["a", "b"]);
  });
});
