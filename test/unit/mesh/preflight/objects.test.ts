import assert from "node:assert/strict";
import { isReady, isSchedulable, selects } from "../../../../mesh/preflight/objects";

describe("label selectors", () => {
  const labels = { app: "istiod", tier: "control" };
  const cases: readonly (readonly [string, Parameters<typeof selects>[0], boolean])[] = [
    ["an empty one takes everything", {}, true],
    ["labels that are there", { matchLabels: { app: "istiod" } }, true],
    ["labels of another value", { matchLabels: { app: "other" } }, false],
    ["In", { matchExpressions: [{ key: "app", operator: "In", values: ["istiod"] }] }, true],
    [
      "In without the label",
      { matchExpressions: [{ key: "x", operator: "In", values: ["y"] }] },
      false,
    ],
    ["NotIn", { matchExpressions: [{ key: "app", operator: "NotIn", values: ["istiod"] }] }, false],
    [
      "NotIn without the label",
      { matchExpressions: [{ key: "x", operator: "NotIn", values: ["y"] }] },
      true,
    ],
    ["Exists", { matchExpressions: [{ key: "tier", operator: "Exists" }] }, true],
    ["DoesNotExist", { matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] }, false],
  ];
  for (const [name, selector, taken] of cases) {
    it(name, () => assert.equal(selects(selector, labels), taken));
  }
});

describe("nodes", () => {
  const metadata = { name: "n" };
  it("are ready by their condition", () => {
    const node = (status: string) => ({
      metadata,
      status: { conditions: [{ type: "Ready", status }] },
    });
    assert(isReady(node("True")));
    assert(!isReady(node("Unknown")));
    assert(!isReady({ metadata }));
  });

  it("take pods unless cordoned or tainted against them", () => {
    const taint = (effect: string) => ({ metadata, spec: { taints: [{ key: "k", effect }] } });
    assert(isSchedulable({ metadata }));
    assert(isSchedulable(taint("PreferNoSchedule")));
    assert(!isSchedulable(taint("NoSchedule")));
    assert(!isSchedulable(taint("NoExecute")));
    assert(!isSchedulable({ metadata, spec: { unschedulable: true } }));
  });
});
