import assert from "node:assert/strict";
import { judgeSkew } from "../../../../../mesh/check/checks/version-skew";
import { said } from "../../../../support/preflight";

const of = (versions: Readonly<Record<string, string>>) =>
  Object.entries(versions).map(([cluster, version]) => ({
    cluster,
    istiods: [
      {
        name: "istiod",
        wanted: 1,
        available: 1,
        image: `docker.io/istio/pilot:${version}`,
        env: {},
        selector: {},
      },
    ],
  }));

describe("check: version-skew", () => {
  const cases: [string, Record<string, string>, string[]][] = [
    ["one version", { a: "1.31.1", b: "1.31.1" }, ["ok: All clusters have istiod 1.31.1."]],
    [
      "patches apart",
      { a: "1.31.0", b: "1.31.1" },
      ["ok: All clusters have istiod 1.31.0 and 1.31.1."],
    ],
    [
      "one minor apart",
      { a: "1.30.5", b: "1.31.1" },
      ["warning a: istiod is 1.30.5, elsewhere in the mesh it is 1.31.1."],
    ],
    [
      "two minors apart",
      { a: "1.31.1", b: "1.29.8", c: "1.30.5" },
      [
        "error b: istiod is 1.29.8, elsewhere in the mesh it is 1.31.1.",
        "warning c: istiod is 1.30.5, elsewhere in the mesh it is 1.31.1.",
      ],
    ],
    ["images without versions", { a: "latest" }, []],
  ];
  for (const [what, versions, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(said(judgeSkew(of(versions))), expected));
  }
});
