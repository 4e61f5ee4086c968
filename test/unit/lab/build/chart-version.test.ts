import assert from "node:assert/strict";
import { stampChart } from "../../../../lab/build/chart-version";

describe("the version of a chart built from sources", () => {
  it("is that of the release instead of Istio's placeholder", () => {
    const chart =
      "apiVersion: v2\n# version: 1.0.0\nname: base\nversion: 1.0.0\nappVersion: 1.0.0\n";
    assert.equal(
      stampChart(chart, "1.31.1"),
      "apiVersion: v2\n# version: 1.0.0\nname: base\nversion: 1.31.1\nappVersion: 1.31.1\n",
    );
  });

  it("is that of the release instead of cert-manager's, also as the tag of the images", () => {
    assert.equal(
      stampChart("apiVersion: v2\nversion: v0.0.0\nappVersion: v0.0.0\n", "v1.21.2"),
      "apiVersion: v2\nversion: v1.21.2\nappVersion: v1.21.2\n",
    );
  });
});
