import assert from "node:assert/strict";
import type { CheckResult } from "../../../../mesh/check";
import { reasonToWait, untilGood } from "../../../../mesh/check/wait";
import type { Finding } from "../../../../mesh/finding";

const error: Finding = {
  check: "peer-synced",
  severity: "error",
  cluster: "ncloud",
  peer: "nhn",
  what: "istiod-1 is still reading it (syncing).",
};
const warning: Finding = { ...error, severity: "warning" };

/** A mesh that comes into order after some looks. */
function mesh(...looks: Finding[][]) {
  const requests: number[] = [];
  const run = (count: number): Promise<CheckResult> => {
    const findings = looks[Math.min(requests.length, looks.length - 1)] ?? [];
    requests.push(count);
    return Promise.resolve({ findings } as unknown as CheckResult);
  };
  return { run, requests };
}

describe("untilGood", () => {
  const options = {
    signal: new AbortController().signal,
    seconds: 60,
    requests: 200,
    trialRequests: 20,
  };

  it("looks with few requests until nothing is wrong, then with all", async () => {
    const { run, requests } = mesh([error], [warning]);
    const lines: string[] = [];
    const { findings } = await untilGood(run, {
      ...options,
      pauseSeconds: 0.01,
      progress: (line) => lines.push(line),
    });
    assert.deepEqual(requests, [20, 20, 200]);
    assert.deepEqual(lines, ["waiting: ncloud → nhn: istiod-1 is still reading it (syncing)."]);
    assert.deepEqual(findings, [warning]);
  });

  it("looks once where nothing is to be waited for", async () => {
    const { run, requests } = mesh([error]);
    const { findings } = await untilGood(run, { ...options, seconds: 0, progress: assert.fail });
    assert.deepEqual([requests, findings], [[200], [error]]);
  });

  it("gives up when the time is over, and says what is wrong then", async () => {
    const { run } = mesh([error]);
    const { findings } = await untilGood(run, {
      ...options,
      seconds: 0.2,
      progress: () => undefined,
    });
    assert.deepEqual(findings, [error]);
  });

  it("ends when it is interrupted", async () => {
    const interrupt = new AbortController();
    const { run } = mesh([error]);
    await assert.rejects(
      untilGood(run, {
        ...options,
        signal: interrupt.signal,
        progress: () => interrupt.abort(new Error("Ctrl-C")),
      }),
      { name: "AbortError" },
    );
  });
});

describe("reasonToWait", () => {
  it("says the first thing, and how many there are beside it", () =>
    assert.equal(
      reasonToWait([error, error, error]),
      "waiting: ncloud → nhn: istiod-1 is still reading it (syncing). (and 2 more)",
    ));
});
