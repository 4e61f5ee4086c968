import assert from "node:assert/strict";
import { imageVersion, minorsApart } from "../../../../mesh/check/versions";

describe("imageVersion", () => {
  const cases: [string, string | undefined][] = [
    ["docker.io/istio/pilot:1.31.1", "1.31.1"],
    ["docker.io/istio/pilot:1.31.1-distroless", "1.31.1"],
    ["registry:5000/istio/pilot:1.31.0-rc.0", "1.31.0-rc.0"],
    ["istio/pilot:1.31.1@sha256:0123", "1.31.1"],
    ["istio/pilot@sha256:0123", undefined],
    ["istio/pilot:latest", undefined],
    ["istio/pilot", undefined],
  ];
  for (const [image, version] of cases) {
    it(`reads ${image}`, () => assert.equal(imageVersion(image), version));
  }
});

describe("minorsApart", () => {
  it("counts minors, and nothing across majors", () => {
    assert.equal(minorsApart("1.31.1", "1.29.0"), 2);
    assert.equal(minorsApart("1.30.0", "1.31.5"), -1);
    assert.equal(minorsApart("1.31.1", "1.31.9"), 0);
    assert.equal(minorsApart("2.0.0", "1.31.9"), undefined);
    assert.equal(minorsApart("1.31.1", "custom"), undefined);
  });
});
