import assert from "node:assert/strict";
import { frameOf, type Frame } from "../../../../mesh/watch/frame";
import { cut, logLinesOf, rateText, screenOf } from "../../../../mesh/watch/frame-text";
import { clusterNames } from "../../../support/config";
import { sampleTopology } from "../../../support/topologies";

const frame = (count: number, health: "ok" | "error" = "ok"): Frame =>
  frameOf(sampleTopology(clusterNames(count), health), 4);

describe("frameOf", () => {
  it("is per second what was counted in some", () => {
    const { directions, services } = frame(2);
    assert.deepEqual(
      directions.map(({ from, to, requestsPerSecond }) => [from, to, requestsPerSecond]),
      [
        ["cluster1", "cluster2", 25],
        ["cluster2", "cluster1", 25],
      ],
    );
    assert.deepEqual([services[0]?.requestsPerSecond, services[0]?.shares["cluster1"]], [100, 0.5]);
  });

  it("carries check's sentences with their place", () => {
    assert.deepEqual(frame(2, "error").trouble, [
      {
        health: "error",
        place: "cluster1 → cluster2",
        what: "198.51.100.2 doesn't answer: i/o timeout.",
      },
    ]);
  });
});

describe("the watch's screen", () => {
  const screen = (one: Frame, width = 90, height = 24): string[] =>
    screenOf(one, { colour: false, width, height });

  it("shows the clusters, the directions, the services and what is wrong", () => {
    const text = screen(frame(2, "error")).join("\n");
    assert.match(text, /^Mesh mesh1 {3}03:04:05 UTC/);
    assert.match(text, /✔ cluster1 {3}✔ cluster2/);
    assert.match(text, /✖ cluster1 → cluster2 +25\.0 +0 +2/);
    assert.match(text, /echo\.echo:8080 +100 +0 +cluster1 50 %, cluster2 50 %/);
    assert.match(text, /✖ cluster1 → cluster2: 198\.51\.100\.2 doesn't answer/);
  });

  it("fits a mesh of ten into a terminal, what is broken first, and says what it left out", () => {
    const lines = screen(frame(10, "error"));
    assert(lines.length <= 24, String(lines.length));
    assert.match(lines.find((line) => line.includes("→")) ?? "", /✖ cluster1 → cluster2/);
    assert(lines.some((line) => /and \d+ more directions/.test(line)));
  });
});

describe("the watch's log", () => {
  it("has the time in every line", () => {
    const lines = logLinesOf(frame(2, "error"));
    assert(lines.every((line) => line.startsWith("2026-01-02T03:04:05Z  ")));
    assert.match(lines.join("\n"), /cluster1 → cluster2 {2}broken {2}25\.0 req\/s {2}0 failed\/s/);
    assert.match(lines.join("\n"), /echo\.echo:8080 {2}100 req\/s .* cluster1 50 %/);
  });

  it("says of which directions nothing is known", () => {
    const { directions, ...rest } = frame(2);
    const blind = { ...rest, directions: directions.map((one) => ({ ...one, isCounted: false })) };
    assert.match(logLinesOf(blind).join("\n"), /cluster1 → cluster2 {2}in order {2}not counted/);
    const screen = screenOf(blind, { colour: false, width: 80, height: 24 }).join("\n");
    assert.match(screen, /cluster1 → cluster2 +– +– +–/);
  });

  it("writes rates with as many digits as they mean", () => {
    assert.deepEqual([0, 0.25, 12.34, 1234.5].map(rateText), ["0", "0.25", "12.3", "1235"]);
  });

  it("counts what it cuts", () => {
    assert.deepEqual(cut(["a", "b", "c"], 2, "more"), ["a", "  and 2 more"]);
    assert.deepEqual(cut(["a", "b"], 2, "more"), ["a", "b"]);
  });
});
