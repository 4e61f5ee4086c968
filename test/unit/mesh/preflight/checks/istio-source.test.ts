import assert from "node:assert/strict";
import { judgeSource, type ChartsSeen } from "../../../../../mesh/preflight/checks/istio-source";
import { said } from "../../../../support/preflight";

const REPO = "https://blob.istio.io/istio-release/charts";
const HUB = "docker.io/istio";

describe("preflight: istio-source", () => {
  const cases: readonly (readonly [
    string,
    { charts?: string; hub?: string; version?: string },
    ChartsSeen,
    readonly string[],
  ])[] = [
    [
      "a repository with the version",
      {},
      { repository: "has it" },
      [`ok: Istio 1.31.1 from ${REPO}, images from ${HUB}.`],
    ],
    [
      "a repository without it",
      {},
      { repository: "lacks it" },
      [`error: ${REPO} has no charts of Istio 1.31.1.`],
    ],
    [
      "a repository out of reach",
      {},
      { repository: { failure: "getaddrinfo ENOTFOUND" } },
      [`error: ${REPO} can't be read from this machine: getaddrinfo ENOTFOUND.`],
    ],
    [
      "a folder with all charts",
      { charts: "./charts" },
      { folder: { base: "1.31.1", istiod: "1.31.1", gateway: "1.31.1" } },
      [`ok: Istio 1.31.1 from ./charts, images from ${HUB}.`],
    ],
    [
      "a folder without one, and with one of another version",
      { charts: "./charts" },
      { folder: { base: "1.31.1", istiod: "1.30.5" } },
      [
        "error: The folder ./charts lacks gateway/Chart.yaml.",
        "warning: The charts istiod 1.30.5 in ./charts aren't of Istio 1.31.1.",
      ],
    ],
    [
      "places that have been given up",
      { charts: "oci://gcr.io/istio-release/charts", hub: "registry.istio.io/release" },
      {},
      [
        "error: mesh:istioCharts is oci://gcr.io/istio-release/charts, which has nothing after Istio 1.30.",
        "error: mesh:istioHub is registry.istio.io/release, which has nothing after Istio 1.30.",
      ],
    ],
    [
      "the same places for what they still have",
      {
        charts: "oci://gcr.io/istio-release/charts",
        hub: "registry.istio.io/release",
        version: "1.30.5",
      },
      {},
      [
        "ok: Istio 1.30.5 from oci://gcr.io/istio-release/charts, images from registry.istio.io/release.",
      ],
    ],
  ];
  for (const [what, over, seen, expected] of cases) {
    it(`judges ${what}`, () =>
      assert.deepEqual(
        said(judgeSource({ charts: REPO, hub: HUB, version: "1.31.1", ...over }, seen)),
        expected,
      ));
  }
});
