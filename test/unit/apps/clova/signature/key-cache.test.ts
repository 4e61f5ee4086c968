import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { KeyCache } from "../../../../../apps/clova/src/signature/key-cache";
import type { LoadedKeys } from "../../../../../apps/clova/src/signature/key-loader";
import { newKeys } from "../keys";

const SECOND = 1000;
const HOUR = 3600 * SECOND;

const loaded = (): LoadedKeys => {
  const { pem } = newKeys(1024);
  return { pem, keys: [createPublicKey(pem)] };
};
const [first, second] = [loaded(), loaded()];

/** A cache whose clock and source a test controls. */
function cache() {
  const world = {
    now: 0,
    loads: 0,
    failures: [] as string[],
    source: (): Promise<LoadedKeys> => Promise.resolve(first),
  };
  const keys = new KeyCache(
    (previous) => {
      world.loads++;
      return world.source().then((next) => (next.pem === previous?.pem ? previous : next));
    },
    {
      timeToLive: HOUR,
      onFailure: (reason) => world.failures.push(reason),
      now: () => world.now,
    },
  );
  return { world, keys };
}

const down = (): Promise<never> => Promise.reject(new Error("down"));

describe("keys in the cache", () => {
  it("are loaded once, however many ask at once", async () => {
    const { world, keys } = cache();
    assert.equal(keys.current(), undefined);
    assert.deepEqual(await Promise.all([keys.obtain(), keys.obtain()]), [first.keys, first.keys]);
    assert.equal(keys.current(), first.keys);
    assert.equal(world.loads, 1);
  });

  it("stay in use while newer ones are looked for, after their time", async () => {
    const { world, keys } = cache();
    await keys.obtain();
    world.source = () => Promise.resolve(second);
    world.now = HOUR - 1;
    assert.equal(keys.current(), first.keys);
    assert.equal(world.loads, 1);
    world.now = HOUR;
    assert.equal(keys.current(), first.keys);
    await turn();
    assert.equal(keys.current(), second.keys);
    assert.equal(world.loads, 2);
  });

  it("stay in use when their source is down, which is asked once a minute", async () => {
    const { world, keys } = cache();
    await keys.obtain();
    world.source = down;
    for (let minute = 0; minute < 3; minute++) {
      for (let second = 0; second < 60; second++) {
        world.now = HOUR + (minute * 60 + second) * SECOND;
        assert.equal(keys.current(), first.keys);
        await turn();
      }
    }
    assert.equal(world.loads, 1 + 3);
    assert.deepEqual(world.failures, ["down", "down", "down"]);
  });

  it("come by themselves once their source answers, after ever longer pauses", async () => {
    const { world, keys } = cache();
    world.source = down;
    const attempts: number[] = [];
    for (let second = 0; second <= 60; second++) {
      world.now = second * SECOND;
      const before = world.loads;
      assert.equal(await keys.obtain(), undefined);
      if (world.loads > before) {
        attempts.push(second);
      }
    }
    assert.deepEqual(attempts, [0, 1, 3, 7, 15, 30, 45, 60]);
    world.source = () => Promise.resolve(first);
    world.now = 75 * SECOND;
    assert.equal(await keys.obtain(), first.keys);
  });

  it("are replaced when a signature fails and the source has others", async () => {
    const { world, keys } = cache();
    await keys.obtain();
    world.source = () => Promise.resolve(second);
    world.now = 60 * SECOND;
    assert.equal(await keys.replacing(first.keys), second.keys);
    assert.equal(keys.current(), second.keys);
  });

  it("are not replaced by themselves", async () => {
    const { world, keys } = cache();
    await keys.obtain();
    world.now = 60 * SECOND;
    assert.equal(await keys.replacing(first.keys), undefined);
    assert.equal(world.loads, 2);
  });

  it("serve all who wait for the same replacement", async () => {
    const { world, keys } = cache();
    await keys.obtain();
    world.source = () => Promise.resolve(second);
    world.now = 60 * SECOND;
    const waiting = Array.from({ length: 10 }, () => keys.replacing(first.keys));
    assert.deepEqual(await Promise.all(waiting), Array(10).fill(second.keys));
    assert.equal(world.loads, 2);
  });

  it("are loaded at most once a minute for wrong signatures, whether the source is up or down", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ pause: fc.nat(30 * SECOND), up: fc.boolean() }), { maxLength: 60 }),
        async (forged) => {
          const { world, keys } = cache();
          await keys.obtain();
          for (const { pause, up } of forged) {
            world.now += pause;
            world.source = up ? () => Promise.resolve(first) : down;
            assert.equal(await keys.replacing(first.keys), undefined);
          }
          assert.ok(world.loads <= 1 + Math.floor(world.now / (60 * SECOND)));
        },
      ),
      { numRuns: 50 },
    );
  });
});
