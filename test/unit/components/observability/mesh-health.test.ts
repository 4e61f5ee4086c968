import assert from "node:assert/strict";
import { grafanaDashboard } from "../../../../components/observability/grafana-dashboard";
import { MESH_HEALTH } from "../../../../components/observability/mesh-health";
import { recordingRules } from "../../../../components/observability/recording-rules";

describe("the dashboard Mesh health", () => {
  const { panels } = grafanaDashboard("mesh-health", "Mesh health", MESH_HEALTH);

  it("asks only for what is recorded, so that the whole mesh is in it", () => {
    const known = new Set([
      "up",
      "mesh:weight:configured",
      ...recordingRules({ cluster: "a", scrapeSeconds: 15, routes: [] }).map(
        ({ record }) => record,
      ),
    ]);
    for (const { expr } of panels.flatMap(({ targets }) => targets)) {
      const used = expr.match(/mesh:[a-z_:]+|\bup\b/g) ?? [];
      assert(used.length > 0, expr);
      assert.deepEqual(
        used.filter((series) => !known.has(series)),
        [],
        expr,
      );
    }
  });

  it("has a place of its own for every panel, and a letter for every query", () => {
    const places = panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
    assert.equal(new Set(places).size, panels.length);
    for (const { gridPos, targets } of panels) {
      assert(gridPos.x + gridPos.w <= 24);
      assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length);
    }
  });
});
