import assert from "node:assert/strict";
import fc from "fast-check";
import { settled } from "../../../../mesh/repair/deployment";

const URN = "urn:pulumi:ncloud::mesh::";
const component = { urn: `${URN}mesh:echo:Echo::echo`, custom: false };
const service = {
  urn: `${URN}mesh:echo:Echo$kubernetes:core/v1:Service::echo-service`,
  custom: true,
  parent: component.urn,
  inputs: { metadata: { name: "echo" } },
};
const creating = (resource: unknown) => ({ type: "creating", resource });
const urns = (deployment: Readonly<Record<string, unknown>>): string[] =>
  (deployment["resources"] as { urn: string }[]).map(({ urn }) => urn);

describe("a state that a killed run left", () => {
  it("takes in what was made, with its ID, and what that is part of before it", () => {
    const state = { resources: [], pending_operations: [creating(service), creating(component)] };
    const result = settled(state, new Map([[service.urn, "echo/echo"]]));
    assert.deepEqual(urns(result), [component.urn, service.urn]);
    assert.deepEqual((result["resources"] as unknown[])[1], {
      ...service,
      id: "echo/echo",
      outputs: service.inputs,
    });
    assert.deepEqual(result["pending_operations"], []);
  });

  it("forgets what wasn't made, and what was to be updated, deleted or read", () => {
    const state = {
      resources: [component],
      pending_operations: [
        creating(service),
        { type: "deleting", resource: component },
        { type: "reading", resource: { urn: `${URN}pulumi:pulumi:StackReference::trust` } },
      ],
    };
    const result = settled(state, new Map());
    assert.deepEqual(result["resources"], [component]);
    assert.deepEqual(result["pending_operations"], []);
  });

  it("leaves out a child without a parent, which no state may have", () => {
    const orphan = { ...service, parent: `${URN}mesh:echo:Echo::another` };
    const state = { resources: [component], pending_operations: [creating(orphan)] };
    assert.deepEqual(urns(settled(state, new Map([[orphan.urn, "echo/echo"]]))), [component.urn]);
  });

  it("keeps every resource it had, has none twice, and parents before children", () => {
    const count = 12;
    const resource = (index: number, parent: number | undefined) => ({
      urn: `${URN}any::${index}`,
      custom: true,
      inputs: {},
      ...(parent !== undefined && parent < index && { parent: `${URN}any::${parent}` }),
    });
    const all = fc.tuple(
      ...Array.from({ length: count }, (_, index) =>
        fc.record({
          resource: fc.nat(count).map((parent) => resource(index, index > 0 ? parent : undefined)),
          inState: fc.boolean(),
          isMade: fc.boolean(),
        }),
      ),
    );
    fc.assert(
      fc.property(all, fc.boolean(), (drawn, isTwice) => {
        const resources = drawn.filter(({ inState }) => inState).map(({ resource }) => resource);
        const begun = drawn.filter(({ inState }) => isTwice || !inState).reverse();
        const made = new Map(
          begun.filter(({ isMade }) => isMade).map(({ resource }) => [resource.urn, "id"]),
        );
        const state = {
          resources,
          pending_operations: begun.map(({ resource }) => creating(resource)),
        };
        const result = urns(settled(state, made));
        assert.deepEqual(result.slice(0, resources.length), urns({ resources }));
        assert.equal(new Set(result).size, result.length);
        for (const { resource } of drawn) {
          const place = result.indexOf(resource.urn);
          if (place >= resources.length && resource.parent !== undefined) {
            const parent = result.indexOf(resource.parent);
            assert(parent >= 0 && parent < place);
          }
        }
      }),
    );
  });
});
