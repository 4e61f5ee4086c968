import assert from "node:assert/strict";
import { judgeUpgrade } from "../../../../../mesh/preflight/checks/istio-upgrade";
import { said } from "../../../../support/preflight";

describe("preflight: istio-upgrade", () => {
  const cases = [
    [undefined, "1.31.1", "ok: Istio 1.31.1 is to be installed."],
    ["1.31.1", "1.31.1", "ok: Istio 1.31.1 runs."],
    ["1.31.1", "1.31.2", "ok: Istio 1.31.1 becomes 1.31.2."],
    ["1.31.2", "1.31.1", "ok: Istio 1.31.2 becomes 1.31.1."],
    ["1.30.5", "1.31.1", "ok: Istio 1.30.5 becomes 1.31.1."],
    [
      "1.29.0",
      "1.31.1",
      "warning: Istio 1.29.0 runs, mesh:istioVersion 1.31.1 is 2 minors further.",
    ],
    ["1.31.1", "1.30.5", "error: Istio 1.31.1 runs, mesh:istioVersion is the older 1.30.5."],
    ["dev", "1.31.1", "ok: Istio dev becomes 1.31.1."],
  ] as const;
  for (const [live, version, expected] of cases) {
    it(`judges the step from ${live ?? "nothing"} to ${version}`, () =>
      assert.deepEqual(said(judgeUpgrade(live, { config: { istio: { version } } })), [expected]));
  }
});
