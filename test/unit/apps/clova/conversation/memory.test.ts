import assert from "node:assert/strict";
import fc from "fast-check";
import { fromAttributes, toAttributes } from "../../../../../apps/clova/src/conversation/memory";

describe("a session's memory", () => {
  it("comes back as it went, by way of JSON", () => {
    const memory = fc.record(
      { tip: fc.integer(), at: fc.date({ noInvalidDate: true }) },
      { requiredKeys: [], noNullPrototype: true },
    );
    fc.assert(
      fc.property(memory, (remembered) => {
        const json = JSON.stringify(toAttributes(remembered));
        const back = fromAttributes(JSON.parse(json) as Record<string, unknown>);
        assert.deepEqual(back, remembered);
      }),
    );
  });

  it("is empty where the attributes are not ours", () => {
    for (const attributes of [
      {},
      { tip: "3", at: "soon" },
      { tip: 1.5, at: 1e300 },
      { other: 1 },
    ]) {
      assert.deepEqual(fromAttributes(attributes), {});
    }
  });
});
