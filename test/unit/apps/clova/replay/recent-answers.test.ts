import assert from "node:assert/strict";
import fc from "fast-check";
import { RecentAnswers } from "../../../../../apps/clova/src/replay/recent-answers";

function answers(milliseconds = 100, most = 10) {
  const world = { now: 0, made: 0 };
  const recent = new RecentAnswers<number>({ milliseconds, most, now: () => world.now });
  const make = () => Promise.resolve(++world.made);
  return { world, recent, make };
}

describe("recent answers", () => {
  it("are given again to the same request, also while the first is being made", async () => {
    const { world, recent, make } = answers();
    const first = recent.once("a", make);
    assert.deepEqual(await Promise.all([first, recent.once("a", make)]), [1, 1]);
    world.now = 99;
    assert.equal(await recent.once("a", make), 1);
    assert.equal(await recent.once("b", make), 2);
  });

  it("are forgotten after their time", async () => {
    const { world, recent, make } = answers();
    await recent.once("a", make);
    world.now = 100;
    assert.equal(await recent.once("a", make), 2);
    assert.equal(recent.size, 1);
  });

  it("are not kept for what can't be told apart, nor when that is switched off", async () => {
    const { recent, make } = answers();
    assert.equal(await recent.once(undefined, make), 1);
    assert.equal(await recent.once(undefined, make), 2);
    const off = answers(0);
    assert.equal(await off.recent.once("a", off.make), 1);
    assert.equal(await off.recent.once("a", off.make), 2);
    assert.equal(recent.size + off.recent.size, 0);
  });

  it("are not kept when there was none", async () => {
    const { recent, make } = answers();
    await assert.rejects(recent.once("a", () => Promise.reject(new Error("failed"))));
    assert.equal(await recent.once("a", make), 1);
  });

  it("never are more than allowed, and the oldest go first", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ pause: fc.nat(30), id: fc.nat(30) }), { maxLength: 100 }),
        async (requests) => {
          const { world, recent, make } = answers(100, 5);
          for (const { pause, id } of requests) {
            world.now += pause;
            await recent.once(String(id), make);
            assert.ok(recent.size <= 5);
            const made = world.made;
            await recent.once(String(id), make);
            assert.equal(world.made, made);
          }
        },
      ),
    );
  });
});
