import assert from "node:assert/strict";
import { stampChart } from "../../../../lab/build/istio-charts";

describe("Istio's charts", () => {
  it("get the version of the release instead of that of the sources", () => {
    const chart =
      "apiVersion: v2\n# version: 1.0.0\nname: base\nversion: 1.0.0\nappVersion: 1.0.0\n";
    assert.equal(
      stampChart(chart, "1.31.1"),
      "apiVersion: v2\n# version: 1.0.0\nname: base\nversion: 1.31.1\nappVersion: 1.31.1\n",
    );
  });
});
