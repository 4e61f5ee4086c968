import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { schema, type Key } from "../../../config/schema";

interface Declared {
  readonly type: string;
  readonly items?: { readonly type: string };
  readonly description: string;
  readonly default: unknown;
}

const root = join(__dirname, "../../..");
const read = (file: string): { config: Record<string, unknown> } =>
  parse(readFileSync(join(root, file), "utf8")) as { config: Record<string, unknown> };

const block = Object.fromEntries(
  Object.entries(read("Pulumi.yaml").config).filter(([key]) => !key.includes(":")),
) as Record<Key, Declared>;

describe("the config block of Pulumi.yaml", () => {
  it("declares the schema's keys, all of them and in its order", () => {
    assert.deepEqual(Object.keys(block), Object.keys(schema));
  });

  for (const [key, type] of Object.entries(schema) as [Key, z.ZodType][]) {
    it(`${key}: type, description and default are the schema's`, () => {
      const declared = block[key];
      assert.equal(declared.description, type.description);
      assert.equal(declared.type, jsonType(type));
      assert.equal(declared.type === "array", declared.items !== undefined);
      // A default of the project's that the parser would refuse can't be told from a user's mistake.
      assert(type.safeParse(declared.default).success);
      if (key !== "clusters") {
        assert.deepEqual(type.parse(declared.default), type.parse(undefined));
      }
    });
  }

  it("turns off default providers, so that a forgotten provider is an error", () => {
    assert.deepEqual(read("Pulumi.yaml").config["pulumi:disable-default-providers"], {
      value: ["kubernetes"],
    });
  });
});

describe("the stack files", () => {
  for (const stack of ["trust", "ncloud", "nhn"]) {
    it(`Pulumi.${stack}.yaml sets keys that exist, and no secret`, () => {
      const file = `Pulumi.${stack}.yaml`;
      for (const [key, value] of Object.entries(read(file).config)) {
        const name = key.replace(/^mesh:/, "") as Key;
        assert(schema[name]?.safeParse(value).success, key);
      }
      const text = readFileSync(join(root, file), "utf8");
      assert.doesNotMatch(text, /BEGIN|token|secure:/);
    });
  }
});

function jsonType(type: z.ZodType): string {
  const { type: name } = z.toJSONSchema(type, { io: "input", unrepresentable: "any" });
  return String(name);
}
