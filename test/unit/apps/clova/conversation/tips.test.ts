import assert from "node:assert/strict";
import fc from "fast-check";
import { PHRASES } from "../../../../../apps/clova/src/conversation/phrases";
import { nextTip, TIPS } from "../../../../../apps/clova/src/conversation/tips";
import { assertSpeakable } from "../support";

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("tips", () => {
  it("are sentences that a speaker can say, each another one", () => {
    assert.equal(new Set(TIPS).size, TIPS.length);
    const phrases = Object.values(PHRASES).filter((phrase) => typeof phrase === "string");
    for (const text of [...TIPS, ...phrases]) {
      assertSpeakable(text);
      assert.match(text, /^[가-힣0-9a-zA-Z ,."?]+$/, text);
    }
  });

  it("are never told twice in a row, and each can be the next", () => {
    fc.assert(
      fc.property(fc.nat(TIPS.length - 1), random, (previous, chance) => {
        const tip = nextTip(previous, chance);
        assert.ok(tip in TIPS && tip !== previous);
      }),
    );
    const chances = Array.from({ length: 1000 }, (_, at) => at / 1000);
    assert.equal(new Set(chances.map((chance) => nextTip(0, chance))).size, TIPS.length - 1);
    assert.equal(new Set(chances.map((chance) => nextTip(undefined, chance))).size, TIPS.length);
  });

  it("begin anew when the session remembers one that there is no more", () => {
    fc.assert(
      fc.property(fc.integer(), random, (previous, chance) => {
        assert.ok(nextTip(previous, chance) in TIPS);
      }),
    );
  });
});
