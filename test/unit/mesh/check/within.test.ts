import assert from "node:assert/strict";
import { within } from "../../../../mesh/check/within";

const never = (): Promise<never> => new Promise(() => undefined);

describe("within", () => {
  const signal = new AbortController().signal;

  it("gives back what came in time", async () =>
    assert.equal(await within(5, signal, () => Promise.resolve("it")), "it"));

  it("ends what takes longer, and tells it", async () => {
    let told = false;
    await assert.rejects(
      within(0.05, signal, (end) => {
        end.addEventListener("abort", () => (told = true));
        return never();
      }),
      /^Error: no answer within 0\.05 s$/,
    );
    assert(told);
  });

  it("ends with the signal's reason", async () => {
    const interrupt = new AbortController();
    const work = within(5, interrupt.signal, never);
    interrupt.abort(new Error("Ctrl-C"));
    await assert.rejects(work, /Ctrl-C/);
  });
});
