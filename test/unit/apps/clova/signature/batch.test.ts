import assert from "node:assert/strict";
import { Batch } from "../../../../../apps/clova/src/signature/batch";

describe("a batch", () => {
  it("does all works of one turn before anybody goes on with what one brought", async () => {
    const batch = new Batch();
    const done: string[] = [];
    const use = async (name: string): Promise<void> => {
      done.push(await batch.do(() => (done.push(`make ${name}`), `use ${name}`)));
    };
    await Promise.all(["a", "b", "c"].map(use));
    assert.deepEqual(done, ["make a", "make b", "make c", "use a", "use b", "use c"]);
  });

  it("does nothing before the turn's end, and then does not wait for another turn", async () => {
    const batch = new Batch();
    const order: string[] = [];
    const work = batch.do(() => order.push("work"));
    setImmediate(() => order.push("next"));
    await Promise.resolve();
    order.push("turn");
    await work;
    assert.deepEqual(order, ["turn", "work"]);
  });

  it("fails only for whom it failed, and works again in the next turn", async () => {
    const batch = new Batch();
    const failing = (): string => {
      throw new Error("failed");
    };
    const [before, failed, after] = await Promise.allSettled([
      batch.do(() => "before"),
      batch.do(failing),
      batch.do(() => "after"),
    ]);
    assert.deepEqual(before, { status: "fulfilled", value: "before" });
    assert.deepEqual(failed, { status: "rejected", reason: new Error("failed") });
    assert.deepEqual(after, { status: "fulfilled", value: "after" });
    assert.equal(await batch.do(() => "later"), "later");
  });

  it("takes what comes while it works into the next", async () => {
    const batch = new Batch();
    let inner: Promise<string> | undefined;
    await batch.do(() => {
      inner = batch.do(() => "inner");
    });
    assert.equal(await inner, "inner");
  });
});
