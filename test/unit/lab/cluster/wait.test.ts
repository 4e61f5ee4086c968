import assert from "node:assert/strict";
import { Fatal, waitFor } from "../../../../lab/cluster/wait";

describe("waitFor", () => {
  it("returns the first result, errors before it counting as not yet", async () => {
    const answers = [new Error("refused"), undefined, false, 42];
    const check = async (): Promise<number | undefined | false> => {
      const next = answers.shift();
      if (next instanceof Error) {
        throw next;
      }
      return Promise.resolve(next as number | undefined | false);
    };
    assert.equal(await waitFor("it", check, { timeoutMs: 1000, intervalMs: 1 }), 42);
  });

  it("tells the last error when the time is over", async () => {
    await assert.rejects(
      waitFor("the API server", () => Promise.reject(new Error("refused")), {
        timeoutMs: 10,
        intervalMs: 1,
      }),
      { message: "waited 0.01 s for the API server: refused" },
    );
  });

  it("ends at once on a fatal error and on an abort", async () => {
    const cause = new Error("etcd ended");
    await assert.rejects(
      waitFor("it", () => Promise.reject(new Fatal(cause)), { timeoutMs: 10_000 }),
      cause,
    );
    await assert.rejects(
      waitFor("it", () => Promise.resolve(false), {
        timeoutMs: 10_000,
        signal: AbortSignal.abort(),
      }),
      { name: "AbortError" },
    );
  });
});
