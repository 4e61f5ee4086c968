import assert from "node:assert/strict";
import fc from "fast-check";
import { deadRules, type Rule } from "../../../../policy/routing/dead-rules";

/** Matches of a world with four requests: each names those that it takes. */
const REQUESTS = ["a", "b", "c", "d"];
type Match = readonly string[];
const covers = (broad: Match, narrow: Match) => narrow.every((request) => broad.includes(request));

const aMatch = fc.subarray(REQUESTS, { minLength: 1 });
const aRule: fc.Arbitrary<Rule<Match>> = fc.record({
  matches: fc.array(aMatch, { minLength: 1, maxLength: 3 }),
  isFinal: fc.constant(true),
});
const rules = fc.array(aRule, { maxLength: 5 });

const takerOf = (all: readonly Rule<Match>[], request: string): number =>
  all.findIndex(({ matches }) => matches.some((match) => match.includes(request)));

const final = (...matches: Match[]): Rule<Match> => ({ matches, isFinal: true });

describe("deadRules", () => {
  it("names no rule that some request is taken by", () => {
    fc.assert(
      fc.property(rules, (all) => {
        const dead = deadRules(all, covers);
        for (const request of REQUESTS) {
          const taker = takerOf(all, request);
          assert(!dead.some(({ rule, match }) => rule === taker && match === undefined));
        }
      }),
    );
  });

  it("names as the taker a rule that stands before, and takes the match whole", () => {
    fc.assert(
      fc.property(rules, (all) => {
        for (const { rule, match, by } of deadRules(all, covers)) {
          assert(by < rule);
          const dead = all[rule]?.matches[match ?? 0];
          assert(dead && all[by]?.matches.some((broad) => covers(broad, dead)));
        }
      }),
    );
  });

  it("names every later copy of a rule", () => {
    fc.assert(
      fc.property(rules, aRule, rules, (before, rule, after) => {
        const last = before.length + after.length + 1;
        assert(
          deadRules([...before, rule, ...after, rule], covers).some(
            (dead) => dead.rule === last && dead.match === undefined,
          ),
        );
      }),
    );
  });

  it("names every rule after one that takes everything", () => {
    fc.assert(
      fc.property(rules, rules, (before, after) => {
        const dead = deadRules([...before, final(REQUESTS), ...after], covers);
        after.forEach((_, index) => {
          const rule = before.length + 1 + index;
          assert(dead.some((one) => one.rule === rule && one.match === undefined));
        });
      }),
    );
  });

  it("names a single match of a rule that has others", () => {
    assert.deepEqual(deadRules([final(["a"]), final(["b"], ["a"])], covers), [
      { rule: 1, match: 1, by: 0 },
    ]);
  });

  it("doesn't judge what isn't known, nor by it", () => {
    assert.deepEqual(deadRules([undefined, final(["a"])], covers), []);
    assert.deepEqual(deadRules([final(REQUESTS), undefined], covers), []);
  });

  it("leaves what comes after a delegate alone: it may let it through", () => {
    assert.deepEqual(
      deadRules([{ matches: [REQUESTS], isFinal: false }, final(["a"])], covers),
      [],
    );
  });
});
