import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ISTIO_CRDS } from "../../../config/istio-crds";
import {
  checkSupported,
  ISTIO_RELEASES,
  istioRelease,
  minorOf,
  withinMinors,
} from "../../../config/versions";

const folder = join(__dirname, "../../../charts");
const charts = join(folder, "gateway-api");

/** Names of the definitions in a chart of Istio's CRDs. */
const istioCrds = (minor: string): string[] =>
  [
    ...readFileSync(join(folder, "istio-crds", minor, "files/crds.yaml"), "utf8").matchAll(
      /^kind: CustomResourceDefinition\nmetadata:(?:\n {2}.*)*?\n {2}name: (.+)$/gm,
    ),
  ].map(([, name]) => name as string);

describe("the support matrix", () => {
  for (const [minor, { gatewayApi }] of Object.entries(ISTIO_RELEASES)) {
    it(`has the Gateway API release that Istio ${minor} needs as a chart, and no other in it`, () => {
      const crds = readFileSync(join(charts, gatewayApi, "files/crds.yaml"), "utf8");
      const definitions = crds
        .split(/^---$/m)
        .filter((document) => /^kind: CustomResourceDefinition$/m.test(document));
      assert(definitions.length >= 8);
      for (const definition of definitions) {
        assert.match(definition, new RegExp(`bundle-version: v${gatewayApi}\n`));
      }
      const chart = readFileSync(join(charts, gatewayApi, "Chart.yaml"), "utf8");
      assert.match(chart, new RegExp(`^version: ${gatewayApi}$`, "m"));
    });
  }

  for (const minor of Object.keys(ISTIO_RELEASES)) {
    it(`has the definitions of Istio ${minor} as a chart, those that base is told to leave out`, () => {
      assert.deepEqual(istioCrds(minor).sort(), [...ISTIO_CRDS].sort());
      const chart = readFileSync(join(folder, "istio-crds", minor, "Chart.yaml"), "utf8");
      assert.equal(minorOf(/^version: (.+)$/m.exec(chart)?.[1] ?? ""), minor);
    });
  }

  it("loses no definition from one minor to the next: Helm would delete it and its objects", () => {
    const minors = Object.keys(ISTIO_RELEASES);
    for (const [older, newer] of minors.slice(1).map((minor, index) => [minors[index], minor])) {
      const left = istioCrds(newer as string);
      const lost = istioCrds(older as string).filter((name) => !left.includes(name));
      assert.deepEqual(lost, []);
    }
  });

  it("accepts both ends of a range and refuses their neighbours", () => {
    for (const kubernetes of ["1.32.0", "v1.36.4+nks"]) {
      checkSupported({ istio: "1.31.1", cluster: "a", kubernetes });
    }
    for (const kubernetes of ["1.31.9", "1.37.0"]) {
      assert.throws(() => checkSupported({ istio: "1.31.1", cluster: "a", kubernetes }));
    }
  });

  it("says nothing of a cluster that declares no version", () => {
    checkSupported({ istio: "1.31.1", cluster: "a" });
  });
});

describe("minorOf", () => {
  it("reads the versions that clusters report", () => {
    assert.equal(minorOf("v1.33.4"), "1.33");
    assert.equal(minorOf("1.33.4-gke.100"), "1.33");
    assert.equal(minorOf("1.33+"), "1.33");
    assert.equal(minorOf("latest"), undefined);
  });

  it("compares minors as numbers, not as texts", () => {
    assert(withinMinors("1.9", ["1.8", "1.10"]));
    assert(!withinMinors("2.9", ["1.8", "1.10"]));
  });

  it("finds the row of a full version", () => {
    assert.equal(istioRelease("1.31.1"), ISTIO_RELEASES["1.31"]);
    assert.equal(istioRelease("1.24.0"), undefined);
  });
});
