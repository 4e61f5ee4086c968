import assert from "node:assert/strict";
import { judgeMetrics, type MetricsFacts } from "../../../../../mesh/preflight/checks/metrics-api";
import { said, viewOf } from "../../../../support/preflight";

const metrics = (over: Partial<MetricsFacts> = {}): MetricsFacts => ({
  available: true,
  message: "all checks passed",
  ours: false,
  owner: "kubectl",
  ...over,
});

describe("preflight: metrics-api", () => {
  const cases: readonly (readonly [string, MetricsFacts | undefined, string])[] = [
    ["none", undefined, "ok: Nothing is autoscaled: no metrics are needed."],
    ["existing", metrics(), "ok: The metrics API answers."],
    ["existing", undefined, "warning: The cluster has no metrics API (metrics.k8s.io)."],
    [
      "existing",
      metrics({ available: false, message: "no endpoints" }),
      "warning: The metrics API doesn't answer: no endpoints.",
    ],
    ["install", undefined, "ok: metrics-server is to be installed."],
    ["install", metrics({ ours: true }), "ok: metrics-server is ours."],
    [
      "install",
      metrics(),
      "error: mesh:metricsServer is install, and the metrics API is there already, made by kubectl.",
    ],
  ];
  for (const [metricsServer, facts, expected] of cases) {
    it(`${metricsServer}: ${expected}`, () =>
      assert.deepEqual(said(judgeMetrics(facts, viewOf("own", { metricsServer }))), [expected]));
  }
});
