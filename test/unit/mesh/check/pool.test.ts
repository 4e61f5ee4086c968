import assert from "node:assert/strict";
import fc from "fast-check";
import { pool } from "../../../../mesh/check/pool";

describe("pool", () => {
  it("runs everything, never more at once than it may, and gives back what came of each", () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.record({ ticks: fc.integer({ min: 1, max: 3 }), fails: fc.boolean() }), {
          maxLength: 12,
        }),
        async (most, works) => {
          const run = pool(most);
          let running = 0;
          let peak = 0;
          const results = await Promise.allSettled(
            works.map(({ ticks, fails }, index) =>
              run(async () => {
                peak = Math.max(peak, ++running);
                for (let tick = 0; tick < ticks; tick++) {
                  await Promise.resolve();
                }
                running--;
                if (fails) {
                  throw new Error("no");
                }
                return index;
              }),
            ),
          );
          assert(peak <= most);
          assert.equal(peak, Math.min(most, works.length));
          assert.deepEqual(
            results.map((result) => (result.status === "fulfilled" ? result.value : "failed")),
            works.map(({ fails }, index) => (fails ? "failed" : index)),
          );
        },
      ),
    ));
});
