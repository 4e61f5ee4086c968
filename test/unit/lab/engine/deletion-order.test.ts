import assert from "node:assert/strict";
import fc from "fast-check";
import { deletionOrder } from "../../../../lab/engine/deletion-order";
import type { ResourceState } from "../../../../lab/engine/state";

const resource = (urn: string, more: Partial<ResourceState> = {}): ResourceState => ({
  urn,
  type: "t",
  name: urn,
  id: urn,
  dependencies: [],
  inputsDigest: "",
  memo: {},
  outputs: {},
  secretOutputs: [],
  ...more,
});
const order = (resources: readonly ResourceState[]): string[] =>
  deletionOrder(resources).map(({ urn }) => urn);

describe("deletionOrder", () => {
  it("is the reverse of the registration where nothing rests on anything", () => {
    assert.deepEqual(order([resource("a"), resource("b"), resource("c")]), ["c", "b", "a"]);
  });

  it("keeps dependencies, parents and providers until all that rests on them is gone", () => {
    const resources = [
      resource("late", { dependencies: ["namespace"], provider: "provider", parent: "component" }),
      resource("provider"),
      resource("namespace", { provider: "provider" }),
    ];
    assert.deepEqual(order(resources), ["late", "namespace", "provider"]);
  });

  it("has every resource once, after all that rest on it, for any acyclic graph in any order", () => {
    const graphs = fc
      .array(fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), { maxLength: 30 })
      .map((edges) =>
        edges.map((targets, index) =>
          resource(String(index), {
            dependencies: index === 0 ? [] : targets.map((target) => String(target % index)),
          }),
        ),
      )
      .chain((resources) => fc.shuffledSubarray(resources, { minLength: resources.length }));
    fc.assert(
      fc.property(graphs, (resources) => {
        const result = order(resources);
        assert.deepEqual(result.toSorted(), resources.map(({ urn }) => urn).toSorted());
        for (const { urn, dependencies } of resources) {
          for (const dependency of dependencies) {
            assert.ok(result.indexOf(urn) < result.indexOf(dependency));
          }
        }
      }),
    );
  });
});
