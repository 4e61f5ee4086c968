import assert from "node:assert/strict";
import { Secret } from "@pulumi/policy";
import fc from "fast-check";
import { plain, textsOf, UNKNOWN, unmarkedTextsOf } from "../../../policy/inputs";
import { unknown } from "../../support/policies";

const { letrec, oneof, dictionary, array, string, boolean } = fc;

/** Inputs as the SDK hands them to a remediation, below its proxies: with marks of secrets. */
const { tree } = letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
  tree: oneof(
    { maxDepth: 4 },
    tie("leaf"),
    dictionary(string({ minLength: 1 }), tie("tree"), { maxKeys: 3 }),
    array(tie("tree"), { maxLength: 3 }),
    tie("tree").map((value) => new Secret(value)),
  ),
  leaf: oneof(string(), boolean(), fc.constant(unknown), fc.integer()),
}));

/** All texts, and whether a mark is above them. */
function reference(value: unknown, marked = false): { text: string; marked: boolean }[] {
  if (value instanceof Secret) {
    return reference(value.value, true);
  }
  if (typeof value === "string") {
    return value === unknown ? [] : [{ text: value, marked }];
  }
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((child) => reference(child, marked))
    : [];
}

describe("the texts of a resource's inputs", () => {
  it("are all that are known, wherever they are", () => {
    fc.assert(
      fc.property(tree, (value) => {
        assert.deepEqual(
          textsOf(value).map(({ text }) => text),
          reference(value).map(({ text }) => text),
        );
      }),
    );
  });

  it("are unmarked if no mark is above them", () => {
    fc.assert(
      fc.property(tree, (value) => {
        assert.deepEqual(
          unmarkedTextsOf(value).map(({ text }) => text),
          reference(value)
            .filter(({ marked }) => !marked)
            .map(({ text }) => text),
        );
      }),
    );
  });

  it("come with the way to them", () => {
    const inputs = { spec: { http: [{ name: "a" }] }, data: { "tls.key": "b" } };
    assert.deepEqual(textsOf(inputs), [
      { path: "spec.http[0].name", text: "a" },
      { path: 'data["tls.key"]', text: "b" },
    ]);
  });
});

describe("plain inputs", () => {
  it("have secrets opened and a symbol for what isn't known", () => {
    assert.deepEqual(plain({ a: new Secret({ b: [1, unknown, null] }) }), {
      a: { b: [1, UNKNOWN, null] },
    });
  });
});
