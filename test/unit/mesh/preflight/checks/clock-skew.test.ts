import assert from "node:assert/strict";
import { judgeClocks } from "../../../../../mesh/preflight/checks/clock-skew";
import { said, twoClusters } from "../../../../support/preflight";
import { viewsOf } from "../../../../../mesh/preflight/views";

const [ncloud, , nhn] = viewsOf(twoClusters());

const judged = (offsets: readonly number[], nodes: Readonly<Record<string, number>> = {}) =>
  said(
    judgeClocks(
      offsets.flatMap((offset, index) => {
        const view = [ncloud, nhn][index];
        return view === undefined
          ? []
          : [
              {
                view,
                facts: {
                  offset,
                  nodes: Object.entries(index === 0 ? nodes : {}).map(([name, behind]) => ({
                    name,
                    offset: behind,
                  })),
                },
              },
            ];
      }),
    ),
  );

describe("preflight: clock-skew", () => {
  const cases: readonly (readonly [string, readonly number[], readonly string[]])[] = [
    ["clocks that agree", [0.4, -0.7], ["ok: Clocks are within 1 s of this machine's."]],
    ["no cluster at all", [], []],
    [
      "a clock within istiod's grace",
      [0, 45],
      ["warning nhn: The API server's clock is 45 s ahead of this machine's."],
    ],
    [
      "a clock beyond it",
      [-300, 0],
      ["error ncloud: The API server's clock is 300 s behind this machine's."],
    ],
    [
      "clocks that are each near this machine's but not each other's",
      [-20, 25],
      ["warning: The clocks of ncloud and nhn are 45 s apart."],
    ],
  ];
  for (const [what, offsets, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(judged(offsets), expected));
  }

  it("finds nodes that are ahead, or that have long said nothing", () => {
    assert.deepEqual(judged([0, 0], { fine: -8, ahead: 40, behind: -200 }), [
      "warning ncloud: The last signs of life of ahead (40 s ahead of the API server's clock) and behind (200 s behind the API server's clock) are off, though they count as ready.",
    ]);
  });
});
