import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { within } from "../../../../apps/clova/src/deadline";

const never = () => assert.fail("was in time");

describe("a deadline", () => {
  it("takes what is there at once, however late it is, and what failed at once", async () => {
    assert.equal(await within(-5, () => "answer", never), "answer");
    const failing = (): string => {
      throw new Error("failed");
    };
    assert.throws(() => within(1000, failing, never), { message: "failed" });
  });

  it("leaves alone what comes in time", async () => {
    assert.equal(await within(1000, () => Promise.resolve("answer"), never), "answer");
    await assert.rejects(
      within(1000, () => Promise.reject(new Error("failed")), never),
      { message: "failed" },
    );
  });

  it("brings something else in time, and tells the work to end", async () => {
    let ended = false;
    const work = async (signal: () => AbortSignal): Promise<string> => {
      await sleep(10_000, undefined, { signal: signal() }).catch(() => (ended = true));
      throw new Error("nobody hears this");
    };
    const start = performance.now();
    assert.equal(await within(50, work, () => "late"), "late");
    assert.ok(performance.now() - start < 1000);
    await sleep(10);
    assert.ok(ended);
  });

  it("that is over already leaves only what needs no waiting", async () => {
    const slow = (signal: () => AbortSignal) => sleep(1000, "answer", { signal: signal() });
    assert.equal(await within(-5, slow, () => "late"), "late");
  });
});
