import assert from "node:assert/strict";
import fc from "fast-check";
import { FAULTS } from "../../../../apps/theater/src/routing/faults";
import {
  CHANGE_ANNOTATION,
  changed,
  changeOf,
  fingerprint,
  isOver,
  restored,
  type VirtualService,
} from "../../../../apps/theater/src/routing/change";
import { sharesOf, withFault, withShares } from "../../../../apps/theater/src/routing/rules";
import { rulesOf } from "./stage";

const NOW = Date.parse("2026-01-01T12:00:00Z");
const until = new Date(NOW + 60_000);
const live = (ncloud = 70): VirtualService => ({
  metadata: { name: "user-service", annotations: { "pulumi.com/patchForce": "true" } },
  spec: { http: rulesOf("user-service", [ncloud, 100 - ncloud]) },
});

const share = fc.integer({ min: 0, max: 100 });
const step = fc.oneof(
  share.map(
    (ncloud) => (of: VirtualService) =>
      changed(of, "shares", until, (rules) => withShares(rules, { ncloud, nhn: 100 - ncloud })),
  ),
  fc
    .constantFrom(FAULTS.delay, FAULTS.abort)
    .map(
      (fault) => (of: VirtualService) =>
        changed(of, "delay", until, (rules) => withFault(rules, fault)),
    ),
);

describe("a change of a route for a while", () => {
  it("is taken back to what was before the first of however many", () => {
    fc.assert(
      fc.property(share, fc.array(step, { minLength: 1, maxLength: 5 }), (ncloud, steps) => {
        const before = live(ncloud);
        const after = steps.reduce((of, apply) => apply(of), before);
        assert.deepEqual(restored(after), before);
      }),
    );
  });

  it("says what is changed and until when, and is over then", () => {
    const after = changed(live(), "abort", until, (rules) => withFault(rules, FAULTS.abort));
    assert.equal(changeOf(after)?.what, "abort");
    assert.equal(isOver(after, NOW), false);
    assert.equal(isOver(after, until.getTime()), true);
    assert.equal(isOver(live(), NOW), false);
    assert.deepEqual(sharesOf(after.spec.http), { ncloud: 70, nhn: 30 });
  });

  it("leaves what somebody else changed meanwhile", () => {
    const after = changed(live(), "abort", until, (rules) => withFault(rules, FAULTS.abort));
    const theirs = { ...after, spec: { http: rulesOf("user-service", [1, 99]) } };
    assert.equal(isOver(theirs, NOW), true);
    assert.deepEqual(restored(theirs), { ...live(), spec: theirs.spec });
    const next = changed(theirs, "abort", until, (rules) => withFault(rules, FAULTS.abort));
    assert.deepEqual(sharesOf(restored(next)?.spec.http ?? []), { ncloud: 1, nhn: 99 });
  });

  it("is the same in whatever order the API gives back its fields", () => {
    const after = changed(live(), "abort", until, (rules) => withFault(rules, FAULTS.abort));
    const turned = JSON.parse(JSON.stringify(after), (_key, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as VirtualService;
    assert.equal(fingerprint(turned.spec.http), fingerprint(after.spec.http));
    assert.equal(isOver(turned, NOW), false);
  });

  it("drops a note that says nothing, and whatever else stands there", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (note) => {
        const odd = live();
        const of = {
          ...odd,
          metadata: {
            ...odd.metadata,
            annotations: { ...odd.metadata.annotations, [CHANGE_ANNOTATION]: note },
          },
        };
        assert.equal(isOver(of, NOW), true);
        assert.deepEqual(restored(of), odd);
      }),
    );
    assert.equal(restored(live()), undefined);
  });
});
