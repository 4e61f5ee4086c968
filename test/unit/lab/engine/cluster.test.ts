import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Clusters } from "../../../../lab/engine/cluster";

describe("the clusters of a run", () => {
  const folder = mkdtempSync(join(tmpdir(), "clusters-"));
  after(() => rmSync(folder, { recursive: true }));

  const settings = {
    cluster: "ncloud",
    access: { server: "https://192.0.2.1:6443", token: "t" },
    namespace: "default",
    adopt: false,
    forcePatches: false,
  };

  it("write helm's kubeconfig once, since a helm beside may be reading it", () => {
    const clusters = new Clusters(join(folder, "scratch"), new AbortController().signal);
    const file = clusters.get(settings).kubeconfigFile();
    assert.match(readFileSync(file, "utf8"), /server: https:\/\/192\.0\.2\.1:6443/);
    assert.equal(statSync(file).mode & 0o077, 0);
    writeFileSync(file, "as it was");
    assert.equal(clusters.get({ ...settings }).kubeconfigFile(), file);
    assert.equal(readFileSync(file, "utf8"), "as it was");
    clusters.close();
  });
});
