import assert from "node:assert/strict";
import fc from "fast-check";
import { depthOf, parseJson } from "../../../../../apps/clova/src/protocol/json-text";

const deep = (levels: number): Buffer => Buffer.from("[".repeat(levels) + "]".repeat(levels));

describe("JSON text", () => {
  it("has any value, and no other than JSON.parse has", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        assert.deepEqual(parseJson(Buffer.from(text)), JSON.parse(text));
      }),
    );
  });

  it("is as deep as its arrays and objects nest, whatever its strings hold", () => {
    const nesting = (value: unknown): number =>
      typeof value === "object" && value !== null
        ? 1 + Math.max(0, ...Object.values(value).map(nesting))
        : 0;
    const awkward = fc.constantFrom('"', "\\", '\\"', "[", "{", "]}", "[[[", "\u2028", "가");
    const key = fc.string({ unit: awkward });
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 6 }, key, fc.integer(), tie("array"), tie("object")),
      array: fc.array(tie("value")),
      object: fc.dictionary(key, tie("value")),
    }));
    fc.assert(
      fc.property(value, (any) => {
        assert.equal(depthOf(Buffer.from(JSON.stringify(any))), nesting(any));
      }),
    );
  });

  it("is refused when it nests deeper than any message, without being followed there", () => {
    assert.doesNotThrow(() => parseJson(deep(32)));
    assert.throws(() => parseJson(deep(33)), { status: 400, detail: /deeper than 32/ });
    assert.throws(() => parseJson(Buffer.from('{"a":'.repeat(100_000))), { status: 400 });
  });

  it("is refused when it is no UTF-8", () => {
    const latin1 = Buffer.from('{"name":"caf\u00e9"}', "latin1");
    const halfSurrogate = Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]);
    const utf16 = Buffer.from('{"a":1}', "utf16le");
    for (const text of [latin1, halfSurrogate]) {
      assert.throws(() => parseJson(text), { status: 400, detail: "The body is not UTF-8." });
    }
    assert.throws(() => parseJson(utf16), { status: 400 });
  });

  it("is refused in words that quote nothing of it", () => {
    for (const text of ['{"userId": V0qe}', "", "V0qe", '{"a":1}V0qe']) {
      assert.throws(() => parseJson(Buffer.from(text)), {
        status: 400,
        detail: "The body is not valid JSON.",
        message: "The body is not valid JSON.",
      });
    }
  });
});
