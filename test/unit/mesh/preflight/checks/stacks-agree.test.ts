import assert from "node:assert/strict";
import { judgeStacks } from "../../../../../mesh/preflight/checks/stacks-agree";
import { rawConfig } from "../../../../support/config";
import { meshOf, said, twoClusters, type Raw } from "../../../../support/preflight";

const NAMES = ["ncloud", "nhn"];
const pair = (ncloud: Raw, nhn: Raw) =>
  said(judgeStacks(meshOf({ ncloud: rawConfig(NAMES, ncloud), nhn: rawConfig(NAMES, nhn) })));

describe("preflight: stacks-agree", () => {
  it("finds nothing where all say the same", () => {
    assert.deepEqual(said(judgeStacks(twoClusters())), [
      "ok: trust, ncloud and nhn agree on mesh mesh1, its clusters and its trust domain cluster.local.",
    ]);
  });

  const cases: readonly (readonly [string, Raw, Raw, string])[] = [
    [
      "mesh IDs",
      {},
      { meshId: "mesh2" },
      "error: The stacks differ on the mesh ID: mesh1 in ncloud; mesh2 in nhn.",
    ],
    [
      "trust domains",
      { trustDomain: "a.test" },
      { trustDomain: "b.test" },
      "error: The stacks differ on the trust domain: a.test in ncloud; b.test in nhn.",
    ],
    [
      "networks",
      {},
      { clusters: [{ name: "ncloud", network: "seoul" }, { name: "nhn" }] },
      "error: The stacks differ on the clusters: ncloud, nhn in ncloud; ncloud (network seoul), nhn in nhn.",
    ],
    [
      "the order of clusters",
      {},
      { clusters: [{ name: "nhn" }, { name: "ncloud" }] },
      "error: The stacks differ on the clusters: ncloud, nhn in ncloud; nhn, ncloud in nhn.",
    ],
    [
      "mTLS modes",
      {},
      { mtls: "PERMISSIVE" },
      "warning: The stacks differ on the mTLS mode: STRICT in ncloud; PERMISSIVE in nhn.",
    ],
    [
      "trust stacks",
      {},
      { trustStack: "ca" },
      "warning: The stacks differ on who signs: stack trust in ncloud; stack ca in nhn.",
    ],
    [
      "patches of Istio",
      {},
      { istioVersion: "1.31.2" },
      "info: The stacks deploy Istio 1.31.1 and 1.31.2: a passing state of an upgrade.",
    ],
    [
      "adjacent minors of Istio",
      {},
      { istioVersion: "1.30.5" },
      "warning: The stacks deploy Istio 1.30.5 and 1.31.1: a passing state of an upgrade.",
    ],
    [
      "Istios further apart",
      {},
      { istioVersion: "1.29.0", allowUnsupportedVersions: true },
      "error: The stacks deploy Istio 1.29.0 and 1.31.1: more than one minor apart.",
    ],
  ];
  for (const [what, ncloud, nhn, expected] of cases) {
    it(`finds different ${what}`, () => assert(pair(ncloud, nhn).includes(expected)));
  }

  it("sees that the trust stack knows other clusters", () => {
    const mesh = meshOf({
      trust: { clusters: [{ name: "ncloud" }] },
      ncloud: rawConfig(NAMES),
      nhn: rawConfig(NAMES),
    });
    assert.deepEqual(said(judgeStacks(mesh)), [
      "error: The stacks differ on the clusters: ncloud in trust; ncloud, nhn in ncloud and nhn.",
    ]);
  });

  it("says which clusters' stacks it didn't see", () => {
    assert.deepEqual(
      said(judgeStacks(meshOf({ ncloud: rawConfig(NAMES) })))[0],
      ["info: No stack of nhn was looked at."][0],
    );
  });
});
