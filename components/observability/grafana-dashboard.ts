import type { Panel } from "./mesh-health";

const WIDTH = 24;
const PANELS_PER_ROW = 2;
const HEIGHT = 8;

/** What Grafana's `uid` of the one data source of metrics is. */
export const METRICS_SOURCE = "prometheus";

/**
 * A dashboard as Grafana reads it (grafana.com "Dashboard JSON model").
 *
 * @param uid also the last part of its address
 */
export const grafanaDashboard = (uid: string, title: string, panels: readonly Panel[]) => ({
  uid,
  title,
  editable: false,
  schemaVersion: 39,
  time: { from: "now-1h", to: "now" },
  refresh: "30s",
  panels: panels.map((panel, index) => ({
    id: index + 1,
    type: panel.kind,
    title: panel.title,
    description: panel.description,
    datasource: { type: "prometheus", uid: METRICS_SOURCE },
    gridPos: {
      x: (index % PANELS_PER_ROW) * (WIDTH / PANELS_PER_ROW),
      y: Math.floor(index / PANELS_PER_ROW) * HEIGHT,
      w: WIDTH / PANELS_PER_ROW,
      h: HEIGHT,
    },
    fieldConfig: { defaults: { unit: panel.unit }, overrides: [] },
    targets: panel.targets.map(({ expr, legend }, at) => ({
      refId: String.fromCharCode("A".charCodeAt(0) + at),
      expr,
      legendFormat: legend,
      instant: panel.kind === "stat",
      range: panel.kind !== "stat",
    })),
  })),
});
