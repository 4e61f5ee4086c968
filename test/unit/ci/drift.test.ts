import assert from "node:assert/strict";
import { driftOf, issueStep } from "../../../ci/drift";
import type { StackOutcome } from "../../../mesh/drive/drive";

const done = (stack: string, resources: object[] = []): StackOutcome =>
  ({
    stack,
    state: "done",
    changes: { created: 0, updated: resources.length, deleted: 0, unchanged: 30 },
    resources,
    warnings: [],
    notes: [],
    seconds: 1,
  }) as unknown as StackOutcome;
const changed = {
  operation: "update",
  type: "kubernetes:core/v1:Secret",
  name: "cacerts-secret",
  properties: ["data"],
};

describe("drift", () => {
  it("is none where nothing would change", () => {
    assert.equal(driftOf([done("trust"), done("nhn")]).state, "same");
  });

  it("names every object that is no longer as the program says", () => {
    const { state, body } = driftOf([done("trust"), done("nhn", [changed])]);
    assert.equal(state, "drifted");
    assert.match(body, /- `nhn`: Secret `cacerts-secret` differs \(data\)/);
  });

  it("isn't excluded by a stack that could not be looked at", () => {
    const failed: StackOutcome = {
      stack: "ncloud",
      state: "failed",
      reasons: ["ncloud does not answer."],
      exitCode: 1,
    };
    const { state, body } = driftOf([failed, done("nhn", [changed])]);
    assert.equal(state, "failed");
    assert.match(body, /`ncloud`: ncloud does not answer\./);
    assert.match(body, /cacerts-secret/);
  });

  it("is told by one issue, which closes when it is over", () => {
    const same = driftOf([done("nhn")]);
    const drifted = driftOf([done("nhn", [changed])]);
    assert.equal(issueStep(same, false), "nothing");
    assert.equal(issueStep(same, true), "close");
    assert.equal(issueStep(drifted, false), "open");
    assert.equal(issueStep(drifted, true), "update");
  });
});
