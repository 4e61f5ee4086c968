import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { policies } from "../../../policy/index";

const text = readFileSync(join(__dirname, "../../../docs/policies.md"), "utf8");

/** Cells of the table's rows, without the padding. */
const rows = text
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe("docs/policies.md", () => {
  it("has a row for every policy, in the pack's order, that says what the pack says", () => {
    assert.deepEqual(
      rows,
      policies.map(({ rule }) => [
        `\`${rule.name}\``,
        `${rule.level}, ${rule.severity}`,
        rule.refuses,
        rule.why,
        `[${new URL(rule.source).hostname}](${rule.source})`,
      ]),
    );
  });

  it("names only policies that there are", () => {
    const names = new Set(policies.map(({ name }) => name));
    const examples = [...text.matchAll(/^ {2}"([a-z-]+)":/gm)].map(([, name]) => name ?? "");
    assert(examples.length > 2);
    for (const name of examples) {
      assert(names.has(name), name);
    }
  });
});

describe("a policy", () => {
  it("has a name of its own, in words", () => {
    const names = policies.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    names.forEach((name) => assert.match(name, /^[a-z]+(-[a-z]+)+$/));
  });

  it("stops what is dangerous, and advises on style alone", () => {
    for (const { name, rule } of policies) {
      assert.equal(rule.level === "advisory", rule.severity === "low", name);
    }
  });
});
