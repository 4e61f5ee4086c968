import assert from "node:assert/strict";
import fc from "fast-check";
import { explain } from "../../../../mesh/check/causes";
import type { Finding } from "../../../../mesh/finding";

const CHECKS = [
  { name: "secret" },
  { name: "synced", follows: ["secret"] },
  { name: "gateway" },
  { name: "traffic", follows: ["secret", "synced", "gateway"] },
  { name: "all-traffic", follows: ["traffic"] },
];

const error = (check: string, cluster?: string, peer?: string): Finding => ({
  check,
  severity: "error",
  ...(cluster && { cluster }),
  ...(peer && { peer }),
  what: "W.",
  why: "Y.",
});

describe("explain", () => {
  const told = (...findings: Finding[]): string[] =>
    explain(findings, CHECKS).findings.map(({ check, cluster, peer }) =>
      [check, cluster, peer].filter(Boolean).join(" "),
    );

  it("tells a cause once, and what follows from it in its why", () => {
    const { findings, consequences } = explain(
      [
        error("secret", "a", "b"),
        error("synced", "a", "b"),
        error("traffic", "a", "b"),
        error("all-traffic", "a"),
      ],
      CHECKS,
    );
    assert.deepEqual(
      findings.map(({ check, why }) => [check, why]),
      [["secret", "Y. Because of it fail: synced, traffic (a → b); all-traffic (a)."]],
    );
    assert.equal(consequences.length, 3);
  });

  it("keeps apart what is broken in different places", () => {
    assert.deepEqual(told(error("secret", "a", "b"), error("synced", "b", "a")), [
      "secret a b",
      "synced b a",
    ]);
    assert.deepEqual(told(error("secret", "a", "b"), error("synced", "a", "c")), [
      "secret a b",
      "synced a c",
    ]);
  });

  it("explains a direction by either of its ends, and by what concerns the whole mesh", () => {
    assert.deepEqual(told(error("gateway", "b"), error("traffic", "a", "b")), ["gateway b"]);
    assert.deepEqual(told(error("gateway", "a"), error("traffic", "a", "b")), ["gateway a"]);
    assert.deepEqual(told(error("gateway"), error("traffic", "a", "b")), ["gateway"]);
    assert.deepEqual(told(error("gateway", "c"), error("traffic", "a", "b")), [
      "gateway c",
      "traffic a b",
    ]);
  });

  it("lets warnings explain nothing, and leaves them alone", () => {
    const warning: Finding = { ...error("secret", "a", "b"), severity: "warning" };
    assert.deepEqual(told(warning, error("synced", "a", "b")), ["secret a b", "synced a b"]);
  });

  it("lets a mesh that isn't deployed explain everything in its cluster", () =>
    assert.deepEqual(
      told(error("deployed", "a"), error("gateway", "a"), error("synced", "b", "a")),
      ["deployed a"],
    ));

  it("loses no error, and leaves none without a cause that is told", () => {
    const names = CHECKS.map(({ name }) => name);
    const place = fc.constantFrom("a", "b", "c");
    const finding = fc
      .record({ check: fc.constantFrom(...names), cluster: place, peer: fc.option(place) })
      .map(({ check, cluster, peer }) => error(check, cluster, peer ?? undefined));
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 12 }), (errors) => {
        const { findings, consequences } = explain(errors, CHECKS);
        assert.equal(findings.length + consequences.length, errors.length);
        for (const { check, cluster, peer } of consequences) {
          const where = peer === undefined ? `(${cluster})` : `(${cluster} → ${peer})`;
          assert(
            findings.some(({ why }) => why?.includes(check) && why.includes(where)),
            `${check} ${where} is explained by none of ${findings.map(({ why }) => why).join()}`,
          );
        }
      }),
    );
  });
});
