import assert from "node:assert/strict";
import { judgeEcho } from "../../../../../mesh/check/checks/echo";
import { judgeAnswers } from "../../../../../mesh/check/checks/echo-answers";
import { judgeEchoPods } from "../../../../../mesh/check/checks/echo-ready";
import type { EchoAnswer } from "../../../../../mesh/check/traffic/answer";
import { said } from "../../../../support/preflight";

const answer = (cluster: string, over: object = {}): EchoAnswer => ({
  status: 200,
  milliseconds: 2,
  body: { cluster, caller: "spiffe://cluster.local/ns/echo/sa/echo", ...over },
});
const failure = (status: number, error?: string): EchoAnswer => ({
  status,
  milliseconds: 1,
  ...(error && { error }),
});

describe("check: echo", () => {
  const cases: [string, EchoAnswer[] | undefined, string[]][] = [
    ["no echo service", undefined, []],
    [
      "a peer that answers",
      [answer("ncloud"), answer("nhn")],
      ["ok: nhn answered 1 of 2 requests, p50 2.0 ms, p99 2.0 ms."],
    ],
    [
      "a peer that never does",
      Array.from({ length: 10 }, () => answer("ncloud")),
      ["error: nhn answered none of 10 requests."],
    ],
    [
      "a peer that had few chances",
      [answer("ncloud")],
      ["info: nhn answered none of 1 requests, which are too few to tell."],
    ],
    [
      "a peer whose requests fail",
      [answer("ncloud"), failure(503), failure(0, "no answer in time")],
      ["error: nhn answered none of 3 requests; 2 failed, the first with 503."],
    ],
  ];
  for (const [what, answers, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(said(judgeEcho(answers, "nhn", 2)), expected));
  }
});

describe("check: echo-answers", () => {
  const cases: [string, EchoAnswer[] | undefined, string[]][] = [
    ["no echo service", undefined, []],
    ["answers to all", [answer("ncloud"), answer("nhn")], ["ok: All 2 requests were answered."]],
    [
      "a failure",
      [answer("ncloud"), failure(0, "ECONNRESET")],
      ["error: 1 of 2 requests failed, the first with ECONNRESET."],
    ],
    [
      "callers without an identity",
      [answer("ncloud", { caller: "" })],
      ["error: 1 of 1 requests arrived without a SPIFFE identity."],
    ],
    [
      "an answer from elsewhere",
      [answer("old")],
      ["error: old answered, and is no cluster of this mesh."],
    ],
  ];
  for (const [what, answers, expected] of cases) {
    it(`judges ${what}`, () =>
      assert.deepEqual(said(judgeAnswers(answers, ["ncloud", "nhn"])), expected));
  }
});

describe("check: echo-ready", () => {
  const pod = (isReady: boolean) => ({ name: "echo-1", labels: {}, isReady, containers: [] });
  it("misses it where it is configured, and says how to have it where it isn't", () => {
    assert.deepEqual(said(judgeEchoPods([], true)), ["error: The echo service has no pod."]);
    assert.deepEqual(said(judgeEchoPods([], false)), [
      "info: The echo service isn't deployed: no request was sent.",
    ]);
    assert.deepEqual(said(judgeEchoPods([pod(true)], false)), ["ok: The echo service runs."]);
    assert.deepEqual(said(judgeEchoPods([pod(false)], true)), [
      "error: The echo service has no ready pod: echo-1 (not ready yet).",
    ]);
  });
});
