import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { preflightSections } from "../../../../docs/generate/preflight";
import { ALL_CHECKS } from "../../../../mesh/preflight/checks";

const FOLDER = join(__dirname, "../../../../mesh/preflight/checks");

describe("the checks of preflight", () => {
  it("are all that there is a file of, called like it", () => {
    const files = readdirSync(FOLDER)
      .map((file) => file.replace(/\.ts$/, ""))
      .filter((file) => file !== "index");
    assert.deepEqual(ALL_CHECKS.map(({ name }) => name).sort(), files.sort());
  });

  for (const { name, what, why, fix, link } of ALL_CHECKS) {
    it(`${name} says what it looks at, why, what to do, and where to read on`, () => {
      assert.match(what, /^[A-Z].*[^.]$/);
      assert.match(why, /^[A-Za-z].*\.$/);
      assert.match(fix, /^[A-Za-z].*\.$/);
      assert.equal(new URL(link).protocol, "https:");
    });
  }

  it("each have a row in the documentation", () => {
    const rows = (preflightSections()["checks"] ?? "").split("\n").slice(2);
    assert.deepEqual(
      rows.map((row) => row.split("`")[1]),
      ALL_CHECKS.map(({ name }) => name),
    );
  });
});
