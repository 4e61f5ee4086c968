import assert from "node:assert/strict";
import type { BuildPlan, Part } from "../../../lab/build";
import { describeChanges } from "../../../mesh/changes";
import { duration, planText } from "../../../lab/plan-text";
import { labClusters } from "../../../lab/topology";

const part = (detail: string, expectedSeconds: number): Part => ({
  id: "envoy",
  title: detail,
  detail,
  expectedSeconds,
  diskMebibytes: 1,
  needs: [],
  after: [],
  isCached: () => Promise.resolve(false),
  make: () => Promise.resolve(),
});

const plan = (missing: Part[]): BuildPlan => ({
  cached: [],
  missing,
  expectedSeconds: missing.reduce((sum, { expectedSeconds }) => sum + expectedSeconds, 0),
  diskMebibytes: 0,
});

describe("planText", () => {
  it("says what will be built, for which clusters, and how long it takes", () => {
    const text = planText(labClusters(2), plan([part("build Envoy", 300)]), [], "the Pulumi CLI");
    assert.match(text, /mesh of 2 Kubernetes clusters/);
    assert.match(text, /ncloud +node 198\.18\.0\.11.*load balancer by host name/);
    assert.match(text, /nhn +node 198\.18\.0\.12.*load balancer by address/);
    assert.match(text, /build Envoy \(about 5 min 0 s\)/);
    assert.match(text, /stacks trust, ncloud, nhn, by the Pulumi CLI/);
    assert.match(text, /about 6 min 30 s/);
  });

  it("says what exists and what will be removed", () => {
    const text = planText(labClusters(1), plan([]), ["ncloud", "nhn"], "x");
    assert.match(text, /Everything needed is in the cache/);
    assert.match(text, /ncloud.*, exists/);
    assert.match(text, /to be removed: nhn/);
  });
});

describe("duration", () => {
  it("is in the units that people use", () => {
    assert.equal(duration(4.4), "4 s");
    assert.equal(duration(59.6), "1 min 0 s");
    assert.equal(duration(725), "12 min 5 s");
  });
});

describe("describeChanges", () => {
  it("names what changed, or says that nothing did", () => {
    const none = { created: 0, updated: 0, deleted: 0, unchanged: 9 };
    assert.equal(describeChanges(none), "no changes");
    assert.equal(describeChanges({ ...none, created: 3, deleted: 1 }), "3 created, 1 deleted");
  });
});
