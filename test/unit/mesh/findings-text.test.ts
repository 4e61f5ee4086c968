import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { exitCodeOf, type Finding } from "../../../mesh/finding";
import { findingsReport, findingsText, summary, terminalWidth } from "../../../mesh/findings-text";

const FINDINGS: readonly Finding[] = [
  { check: "clock-skew", severity: "ok", cluster: "ncloud", what: "Clock within 1 s." },
  {
    check: "peer-synced",
    severity: "warning",
    cluster: "ncloud",
    peer: "nhn",
    what: "Still syncing.",
  },
  { check: "stacks-agree", severity: "ok", what: "All stacks agree." },
  {
    check: "api-server",
    severity: "error",
    cluster: "nhn",
    what: "The API server https://203.0.113.7:6443 of nhn does not answer.",
    why: "Nothing can be deployed there, and no peer's istiod can read it.",
    fix: "Start the cluster, or correct mesh:kubeconfigs.nhn.",
    link: "https://istio.io/latest/docs/setup/install/multicluster/before-you-begin/",
  },
  { check: "nodes", severity: "ok", cluster: "ncloud", what: "3 nodes." },
];

describe("findings as text", () => {
  it("shows the worst first, in columns, with what to do below", () => {
    assert.equal(
      findingsText(FINDINGS, { colour: false, width: 90 }),
      `✖ nhn           api-server    The API server https://203.0.113.7:6443 of nhn does not
                              answer.
                              why  Nothing can be deployed there, and no peer's istiod can
                                   read it.
                              fix  Start the cluster, or correct mesh:kubeconfigs.nhn.
                              see  https://istio.io/latest/docs/setup/install/multicluster/before-you-begin/
! ncloud → nhn  peer-synced   Still syncing.
✔ mesh          stacks-agree  All stacks agree.
✔ ncloud        clock-skew    Clock within 1 s.
✔ ncloud        nodes         3 nodes.

1 error, 1 warning, 3 in order`,
    );
  });

  it("gives a narrow terminal the sentences below their headings", () => {
    const [heading, sentence] = findingsText(FINDINGS, { colour: false, width: 50 }).split("\n");
    assert.equal(heading, "✖ nhn           api-server");
    assert.equal(sentence, "    The API server https://203.0.113.7:6443 of nhn");
  });

  it("names the checks that found nothing wrong in a line per cluster", () => {
    const lines = findingsText(FINDINGS, { colour: false, width: 90, ok: "names" }).split("\n");
    assert.deepEqual(
      lines.filter((line) => line.startsWith("✔")),
      ["✔ mesh          stacks-agree", "✔ ncloud        clock-skew, nodes"],
    );
  });

  it("only adds colours where they are asked for", () => {
    const plain = findingsText(FINDINGS, { colour: false, width: 90 });
    const coloured = findingsText(FINDINGS, { colour: true, width: 90 });
    assert.notEqual(coloured, plain);
    assert.equal(stripVTControlCharacters(coloured), plain);
    assert.equal(stripVTControlCharacters(plain), plain);
  });

  it("fits the width, but for words that are wider themselves", () => {
    const text = fc.lorem({ maxCount: 20 });
    const finding: fc.Arbitrary<Finding> = fc.record(
      {
        check: fc.stringMatching(/^[a-z-]{3,20}$/),
        severity: fc.constantFrom("error", "warning", "info", "ok"),
        cluster: fc.constantFrom("ncloud", "nhn"),
        what: text,
        why: text,
        fix: text,
      },
      { requiredKeys: ["check", "severity", "what"] },
    );
    fc.assert(
      fc.property(fc.array(finding), fc.integer({ min: 40, max: 120 }), (findings, width) => {
        const lines = findingsText(findings, { colour: false, width }).split("\n");
        assert(lines.every((line) => line.length <= width));
      }),
    );
  });
});

describe("findings as JSON", () => {
  it("counts them and keeps every property", () => {
    const { counts, findings } = findingsReport(FINDINGS);
    assert.deepEqual(counts, { error: 1, warning: 1, info: 0, ok: 3 });
    assert.deepEqual(findings[0], FINDINGS[3]);
    assert.equal(findings.length, FINDINGS.length);
  });
});

describe("the end of a run", () => {
  it("counts in words", () => {
    assert.equal(summary(FINDINGS), "1 error, 1 warning, 3 in order");
    assert.equal(summary([]), "nothing was looked at");
  });

  it("fails on errors, and on warnings when asked to", () => {
    const warnings = FINDINGS.filter(({ severity }) => severity !== "error");
    assert.equal(exitCodeOf(FINDINGS), 1);
    assert.equal(exitCodeOf(warnings), 0);
    assert.equal(exitCodeOf(warnings, true), 1);
    assert.equal(exitCodeOf([FINDINGS[0] as Finding], true), 0);
  });

  it("takes a readable width from the terminal, and one where there is none", () => {
    assert.deepEqual([10, 80, 400].map(terminalWidth), [40, 80, 120]);
    assert.equal(terminalWidth(undefined), process.stdout.columns ?? 100);
  });
});
