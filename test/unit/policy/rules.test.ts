import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { policies } from "../../../policy/index";

const text = readFileSync(join(__dirname, "../../../docs/policies.md"), "utf8");

describe("docs/policies.md", () => {
  it("configures only policies that there are", () => {
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
