import assert from "node:assert/strict";
import { table } from "../../../../cli/table";
import { renderMatrix } from "../../../../lab/verify/matrix";
import { judge, type Observation } from "../../../../lab/verify/verification";
import type { EchoAnswer } from "../../../../mesh/check/traffic/answer";

const caller = "spiffe://cluster.local/ns/echo/sa/echo";

const answer = (cluster: string, over: Partial<EchoAnswer> = {}): EchoAnswer => ({
  status: 200,
  milliseconds: 1,
  body: { cluster, version: cluster === "a" ? "v1" : "v2", caller },
  ...over,
});

const observation = (cluster: string, over: Partial<Observation> = {}): Observation => ({
  cluster,
  answers: [answer("a"), answer("b"), answer("b")],
  peers: ["a", "b"].map((id) => ({ id, secretName: "", syncStatus: "synced" })),
  ...over,
});

const problems = (over: Partial<Observation>): readonly string[] =>
  judge([observation("a", over), observation("b")]).problems;

describe("judge", () => {
  it("passes a mesh in which everybody answered everybody", () => {
    const { ok, rows } = judge([observation("a"), observation("b")]);
    assert(ok);
    assert.deepEqual(
      rows.map(({ from, to }) => [from, to["a"]?.answers, to["b"]?.answers]),
      [
        ["a", 1, 2],
        ["b", 1, 2],
      ],
    );
  });

  const broken: [string, Partial<Observation>, string][] = [
    [
      "a cluster that never answered",
      { answers: [answer("a")] },
      "b answered none of the 1 requests from a.",
    ],
    [
      "a failed request",
      { answers: [answer("a"), answer("b"), { status: 503, milliseconds: 1, error: "no" }] },
      "1 of 3 requests from a failed, the first with 503.",
    ],
    [
      "a request without an answer",
      { answers: [answer("a"), answer("b"), { status: 0, milliseconds: 1, error: "ECONNRESET" }] },
      "1 of 3 requests from a failed, the first with ECONNRESET.",
    ],
    [
      "a caller without an identity",
      { answers: [answer("a"), answer("b", { body: { cluster: "b" } })] },
      "1 requests from a arrived without a SPIFFE identity.",
    ],
    [
      "a peer that is not in sync",
      { peers: [{ id: "b", secretName: "s/b", syncStatus: "timeout" }] },
      "istiod of a reports b as timeout instead of synced.",
    ],
    [
      "a peer that istiod doesn't know",
      { peers: [] },
      "istiod of a reports b as unknown instead of synced.",
    ],
    [
      "an answer from somewhere else",
      { answers: [answer("a"), answer("b"), answer("c")] },
      "c answered a and is no cluster of this mesh.",
    ],
  ];
  for (const [title, over, sentence] of broken) {
    it(`fails on ${title}, and says which`, () => {
      assert.deepEqual(problems(over), [sentence]);
    });
  }

  it("fails where nothing was asked", () => {
    assert(!judge([observation("a", { answers: [] }), observation("b")]).ok);
  });

  it("needs no peers in a mesh of one", () => {
    assert(judge([{ cluster: "a", answers: [answer("a")], peers: [] }]).ok);
  });
});

describe("renderMatrix", () => {
  it("shows who answered whom, who is in sync, and what is wrong", () => {
    const text = renderMatrix(
      judge([
        observation("a"),
        observation("b", { peers: [{ id: "a", secretName: "s/a", syncStatus: "timeout" }] }),
      ]),
    );
    const [header, first] = text.split("\n");
    assert.match(header ?? "", /^from \\ answered by\s+a \(v1\)\s+b \(v2\)\s+failed\s+caller$/);
    assert.match(first ?? "", /^a\s+1 {2}p50 1\.0 ms, p99 1\.0 ms\s+2 .*spiffe:/);
    assert.match(text, /istiod of b: a timeout/);
    assert.match(text, /✖ istiod of b reports a as timeout/);
  });

  it("lines columns up", () => {
    assert.equal(
      table([
        ["a", "b"],
        ["long", "c"],
      ]),
      "a      b\nlong   c",
    );
  });
});
