import assert from "node:assert/strict";
import { changesOf, describeChanges } from "../../../mesh/changes";

describe("changesOf", () => {
  it("sums up the engine's operations as people count them", () => {
    const changes = changesOf({ create: 3, replace: 1, update: 2, same: 4, delete: 1 });
    assert.deepEqual(changes, { created: 3, updated: 3, deleted: 1, unchanged: 4 });
    assert.equal(describeChanges(changes), "3 created, 3 updated, 1 deleted");
  });

  it("of nothing is no change", () => {
    assert.equal(describeChanges(changesOf({ same: 4 })), "no changes");
  });
});
