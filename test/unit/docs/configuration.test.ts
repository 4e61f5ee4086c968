import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { schema } from "../../../config/schema";
import { configurationSections } from "../../../docs/generate/configuration";
import { REMARKS } from "../../../docs/generate/configuration-remarks";
import { rows, shapeOf, type Remarks } from "../../../docs/generate/schema-rows";
import { PROJECT } from "./markdown";

const none: Remarks = { types: {}, defaults: {}, notes: {} };
const same = (text: string): string => text;

describe("docs/configuration.md", () => {
  const text = readFileSync(join(PROJECT, "docs/configuration.md"), "utf8");

  it("has a row for every key, in the schema's order", () => {
    const keys = [...text.matchAll(/^\| `mesh:(\w+)`/gm)].map(([, key]) => key);
    assert.deepEqual(keys, Object.keys(schema));
  });

  it("has a table of its own for every key that is an object", () => {
    for (const [key, type] of Object.entries(schema)) {
      const shape = shapeOf(type);
      const section = text.split(`\n## ${key}\n`)[1]?.split("\n## ")[0];
      assert.equal(section !== undefined, shape !== undefined, key);
      for (const property of Object.keys(shape ?? {})) {
        assert.match(section ?? "", new RegExp(`^\\| \`${property}[\`.]`, "m"), key);
      }
    }
  });

  it("says more only about keys and properties that exist", () => {
    const paths = new Set(
      [
        ...rows(schema, "", none, same),
        ...Object.entries(schema).flatMap(([key, type]) => {
          const shape = shapeOf(type);
          return shape === undefined ? [] : rows(shape, `${key}.`, none, same);
        }),
      ].flatMap(({ path }) => [path, `${path}[]`]),
    );
    for (const table of Object.values(REMARKS) as Record<string, string>[]) {
      assert.deepEqual(
        Object.keys(table).filter((path) => !paths.has(path)),
        [],
      );
    }
  });
});

describe("configurationSections", () => {
  it("takes a new key and its object from the schema alone", () => {
    const { keys, tea } = configurationSections(same, {
      tea: z
        .strictObject({
          cups: z.int().min(1).max(9).default(2).describe("How many"),
          pot: z.strictObject({ shape: z.enum(["round", "flat"]).describe("Its form") }),
          guests: z.array(z.string()).default([]).describe("Who comes"),
          on: z.boolean().optional().describe("Whether"),
        })
        .describe("Tea"),
    });
    assert.match(keys ?? "", /^\| `mesh:tea` \| \[object\]\(#tea\) \| see below \| Tea \|$/m);
    assert.deepEqual(tea?.split("\n").slice(2), [
      "| `cups` | number, at least 1, at most 9 | `2` | How many |",
      "| `pot.shape` | `round`, `flat` | required | Its form |",
      "| `guests` | list of text | `[]` | Who comes |",
      "| `on` | boolean | none | Whether |",
    ]);
  });

  it("refuses a key that nobody described", () => {
    assert.throws(() => configurationSections(same, { tea: z.string() }), /nothing about tea/);
  });
});
