import assert from "node:assert/strict";
import { toStackError } from "../../../mesh/stack-error";
import { ownWords, sentence } from "../../../mesh/stack-run";

const printed = (code: number, stderr: string): Error =>
  new Error(`code: ${code}\n stdout: \n stderr: ${stderr}\n err?: \n`);

describe("toStackError", () => {
  it("keeps the CLI's exit code and sentences, without the words that say nothing", () => {
    const error = toStackError(
      "nhn",
      printed(4, "error: mesh:pki must be an object, got 3: write an object\nerror: update failed"),
      [],
    );
    assert.equal(error.exitCode, 4);
    assert.equal(error.message, "Stack nhn: mesh:pki must be an object, got 3: write an object.");
  });

  it("has the code of a broken policy, for which the CLI ends with 1", () => {
    const broken = (code: number) =>
      toStackError("nhn", printed(code, "error: preview failed"), ["Policy p: no"], true);
    assert.equal(broken(1).exitCode, 5);
    assert.equal(broken(8).exitCode, 8);
    assert.deepEqual(broken(1).reasons, ["Policy p: no."]);
  });

  it("prefers what the engine's events said, and says nothing twice", () => {
    const error = toStackError("nhn", printed(1, "error: no luck"), [
      "peer: no luck",
      "no luck",
      "no money",
    ]);
    assert.deepEqual(error.reasons, ["peer: no luck.", "no money."]);
  });

  it("tells what to do about sayings that leave people alone", () => {
    for (const [saying, advice] of [
      ["the stack is currently locked by 1 lock(s)", /pulumi cancel/],
      ["configured Kubernetes cluster is unreachable: no route", /--continue-on-error/],
      ["incorrect passphrase", /PULUMI_CONFIG_PASSPHRASE/],
    ] as const) {
      assert.match(toStackError("nhn", printed(1, `error: ${saying}`), []).message, advice);
    }
  });

  it("falls back to the beginning of whatever came, with exit code 1", () => {
    const error = toStackError("nhn", new Error("spawn pulumi ENOENT"), []);
    assert.equal(error.message, "Stack nhn: spawn pulumi ENOENT.");
    assert.equal(error.exitCode, 1);
  });
});

describe("sentence", () => {
  const urn = "urn:pulumi:nhn::mesh::kubernetes:core/v1:Secret::peer-ncloud-secret";
  it("takes the engine's colour tags and line breaks out, and names the resource once", () => {
    assert.equal(sentence("<{%fg 1%}>no\n  luck<{%reset%}>", urn), "peer-ncloud-secret: no luck");
    assert.equal(sentence("peer-ncloud-secret has no luck", urn), "peer-ncloud-secret has no luck");
    assert.equal(sentence("no luck", undefined), "no luck");
  });
});

describe("ownWords", () => {
  it("leaves out what the policy is for, where it says what is wrong", () => {
    assert.equal(
      ownWords("No root\nContainer app runs as user 0: set another\n"),
      "Container app runs as user 0: set another",
    );
    assert.equal(ownWords("\nNo root\n"), "No root");
  });
});
