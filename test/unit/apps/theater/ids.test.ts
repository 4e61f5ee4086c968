import assert from "node:assert/strict";
import { newId } from "../../../../apps/theater/src/ids";

describe("ids", () => {
  it("are UUIDs of version 7 that tell when they were made", () => {
    const id = newId(Date.UTC(2022, 1, 22, 19, 22, 22));
    assert.match(id, /^017f22e2-79b0-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/, "RFC 9562, A.6");
  });

  it("are all different and sorted by time", () => {
    const ids = Array.from({ length: 1000 }, (_, index) => newId(1_700_000_000_000 + index));
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(ids, ids.toSorted());
    assert.notEqual(newId(0), newId(0));
  });
});
