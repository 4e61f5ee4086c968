import assert from "node:assert/strict";
import { goEntry } from "../../../../lab/build/go";
import { ISTIO, KUBERNETES } from "../../../../lab/build/go-modules";

describe("cache entry of a Go module", () => {
  it("carries its version and changes with what is built and how", () => {
    const entry = goEntry(KUBERNETES);
    assert.match(entry, /\/kubernetes-1\.33\.4-[0-9a-f]{12}$/);
    assert.equal(goEntry(KUBERNETES), entry);
    const changed = [
      { ...KUBERNETES, packages: KUBERNETES.packages.slice(1) },
      { ...KUBERNETES, variables: {} },
      { ...KUBERNETES, id: "istio" as const },
    ];
    assert.equal(new Set([entry, ...changed.map(goEntry)]).size, 4);
  });

  it("of Istio changes with the files that are kept", () => {
    const { sources, ...withoutFiles } = ISTIO;
    assert.notEqual(sources, undefined);
    assert.notEqual(goEntry(withoutFiles), goEntry(ISTIO));
  });
});
