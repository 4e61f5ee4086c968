import assert from "node:assert/strict";
import fc from "fast-check";
import type { Answer } from "../../../../mesh/scenario/answer";
import { about, SCENARIOS, type Scenario } from "../../../../mesh/scenario/scenarios";

const CLUSTERS = { stays: "ncloud", other: "nhn" };
const RATE = 20;

const scenario = (name: string): Scenario =>
  SCENARIOS.find((each) => each.name === name) ?? assert.fail(name);

/** As many answers as the scenario asks for, each made by its number and second. */
const answers = (
  { watch }: Scenario,
  make: (index: number, second: number) => Partial<Answer>,
): Answer[] =>
  Array.from({ length: watch.requests }, (_, index) => ({
    status: 200,
    cluster: "ncloud",
    milliseconds: 10,
    second: index / RATE,
    ...make(index, index / RATE),
  }));

const judged = (
  name: string,
  make: (index: number, second: number) => Partial<Answer>,
): string | undefined => scenario(name).judge(answers(scenario(name), make), CLUSTERS);

/** Three in ten. */
const some = (index: number): boolean => index % 10 < 3;
/** Three in ten of every third. */
const someOfThird = (index: number, part: number): boolean =>
  index % 3 === part && some(Math.floor(index / 3));

describe("the theater's scenarios", () => {
  it("have names of their own, and say what they do and what is to be seen", () => {
    const names = SCENARIOS.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const { name, does, sees, watch } of SCENARIOS) {
      assert.match(name, /^[a-z-]+$/);
      assert(does.length > 0 && sees(CLUSTERS).endsWith("."), name);
      assert.equal(watch.requests % watch.paths.length, 0, name);
    }
  });

  for (const [name, asItShould, otherwise] of [
    [
      "canary",
      () => ({ cluster: "nhn" }),
      (index: number) => (index === 7 ? {} : { cluster: "nhn" }),
    ],
    ["delay", (index: number) => ({ milliseconds: some(index) ? 3010 : 10 }), () => ({})],
    ["abort", (index: number) => ({ status: some(index) ? 500 : 200 }), () => ({})],
    [
      "circuit-breaker",
      (_: number, second: number) => ({ status: second < 1 ? 500 : 200 }),
      (_: number, second: number) => ({ status: second < 6 ? 500 : 200 }),
    ],
    ["circuit-breaker", (index: number) => ({ status: index < 3 ? 500 : 200 }), () => ({})],
    ["block", () => ({}), (index: number) => (index === 3 ? { cluster: "nhn" } : {})],
    [
      "chaos",
      (index: number) => ({
        milliseconds: someOfThird(index, 1) ? 3010 : 10,
        status: someOfThird(index, 2) ? 500 : 200,
      }),
      (index: number) => ({
        milliseconds: someOfThird(index, 1) ? 3010 : 10,
        status: someOfThird(index, 2) || index === 0 ? 500 : 200,
      }),
    ],
    [
      "cluster-loss",
      (index: number, second: number) => ({
        cluster: second < 1 ? "nhn" : "ncloud",
        status: index === 15 ? 503 : 200,
      }),
      (_: number, second: number) => ({ cluster: second > 6 && second < 6.2 ? "nhn" : "ncloud" }),
    ],
  ] as const) {
    it(`tell whether ${name} went as it should`, () => {
      assert.equal(judged(name, asItShould), undefined);
      assert.match(judged(name, otherwise) ?? "", /\w/);
    });
  }

  it("never take a share for wrong that chance explains, and always one that is far off", () => {
    const share = (total: number, hits: number): string | undefined =>
      about(
        answers(
          { ...scenario("delay"), watch: { paths: [""], requests: total, perSecond: 1 } },
          (i) => ({
            status: i < hits ? 500 : 200,
          }),
        ),
        ({ status }) => status === 500,
        30,
        "were 500",
      );
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 400 }), (total) => {
        assert.equal(share(total, Math.round(total * 0.3)), undefined);
        assert.match(share(total, total) ?? "", /not about 30 %/);
      }),
    );
    assert.match(share(100, 0) ?? "", /^0 of 100 answers were 500, not about 30 %$/);
  });
});
