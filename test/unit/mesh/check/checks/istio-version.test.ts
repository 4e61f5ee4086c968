import assert from "node:assert/strict";
import { judgeVersions } from "../../../../../mesh/check/checks/istio-version";
import type { Workload } from "../../../../../mesh/check/facts";
import { said } from "../../../../support/preflight";

const istiod = (version: string): Workload => ({
  name: "istiod",
  wanted: 1,
  available: 1,
  image: `docker.io/istio/pilot:${version}`,
  env: {},
  selector: {},
});
const proxy = (version: string) => ({ name: "a.b", clusterId: "ncloud", version });

describe("check: istio-version", () => {
  const cases: [string, string[], string[], string[]][] = [
    [
      "what was configured",
      ["1.31.1"],
      ["1.31.1", "1.31.0", "1.30.5"],
      ["ok: istiod 1.31.1 and the versions of its proxies fit."],
    ],
    [
      "something else than configured",
      ["1.30.5"],
      [],
      ["warning: istiod is 1.30.5, mesh:istioVersion says 1.31.1."],
    ],
    [
      "a proxy two minors behind",
      ["1.31.1"],
      ["1.29.3"],
      ["error: istiod 1.31.1 doesn't support the proxy of a.b (1.29.3)."],
    ],
    [
      "a proxy that is ahead",
      ["1.31.1"],
      ["1.32.0"],
      ["error: istiod 1.31.1 doesn't support the proxy of a.b (1.32.0)."],
    ],
    [
      "a proxy of nobody's version",
      ["1.31.1"],
      ["custom"],
      ["ok: istiod 1.31.1 and the versions of its proxies fit."],
    ],
    ["an image without a version", ["latest"], ["1.20.0"], []],
  ];
  for (const [what, istiods, proxies, expected] of cases) {
    it(`judges ${what}`, () =>
      assert.deepEqual(
        said(
          judgeVersions(istiods.map(istiod), proxies.map(proxy), {
            config: { istio: { version: "1.31.1" } },
          }),
        ),
        expected,
      ));
  }
});
