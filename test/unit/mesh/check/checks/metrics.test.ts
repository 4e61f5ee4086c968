import assert from "node:assert/strict";
import { judgeMetrics } from "../../../../../mesh/check/checks/metrics";
import type { Metrics } from "../../../../../mesh/metrics/read-metrics";

const target = (instance: string, trouble?: string) => ({ job: "pods", instance, trouble });
const metrics = (over: Partial<Metrics> = {}): Metrics => ({
  pod: "prometheus-a-1",
  targets: [target("10.0.0.1:15020"), target("10.0.0.2:15020")],
  alerts: [],
  ...over,
});
const sentences = (found: Metrics | undefined, isConfigured = true): string[] =>
  judgeMetrics(found, isConfigured).map(({ severity, what }) => `${severity}: ${what}`);

describe("check of the metrics", () => {
  it("says nothing where observability isn't configured", () => {
    assert.deepEqual(sentences(undefined, false), []);
    assert.deepEqual(sentences(metrics(), false), []);
  });

  it("warns where Prometheus is configured and isn't there, or isn't ready", () => {
    assert.deepEqual(sentences(undefined), ["warning: Prometheus has no pod."]);
    assert.deepEqual(sentences(metrics({ pod: undefined, targets: [] })), [
      "warning: Prometheus has no ready pod.",
    ]);
  });

  it("is content where everything gives metrics and nothing is warned of", () => {
    const alerts = [{ name: "Soon", state: "pending" as const, labels: {}, summary: "x" }];
    assert.deepEqual(sentences(metrics({ alerts })), [
      "ok: All 2 targets of Prometheus give metrics.",
    ]);
  });

  it("names what gives none, and why, and counts the rest", () => {
    const down = ["1", "2", "3", "4"].map((n) => target(n, "connection refused"));
    const [sentence = ""] = sentences(metrics({ targets: [target("0"), ...down] }));
    assert.match(
      sentence,
      /^warning: 4 of 5 targets of Prometheus give no metrics: pods 1 \(connection refused\), /,
    );
    assert.doesNotMatch(sentence, /pods 4/);
  });

  it("tells each alert that fires", () => {
    const alerts = [
      { name: "MeshPeerUnseen", state: "firing" as const, labels: {}, summary: "b is away" },
    ];
    assert.deepEqual(sentences(metrics({ alerts })).slice(1), [
      "warning: The alert MeshPeerUnseen fires: b is away.",
    ]);
  });
});
