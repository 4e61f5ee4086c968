import assert from "node:assert/strict";
import { overviewOf, overviewText } from "../../../../mesh/check/overview";
import { judge } from "../../../../mesh/check";
import { healthyMesh, NOW, unseen, withFacts } from "../../../support/sights";

const text = async (count: number, width: number, breaks = false): Promise<string[]> => {
  const { sights, world } = await healthyMesh(count);
  const seen = breaks
    ? withFacts(sights, "cluster1", ({ istiods }) => ({
        istiods: istiods.map((one) => ({ ...one, available: 0 })),
        cacerts: undefined,
        ...unseen("istiod-ready", "watched", "networkGateways", "proxies", "servingChain"),
      }))
    : sights;
  const { findings, consequences } = judge(seen, world);
  const rows = overviewOf(seen, world.mesh.clusters, [...findings, ...consequences], NOW);
  return overviewText(rows, { colour: false, width }).split("\n");
};

describe("the overview", function () {
  this.timeout(20_000);

  it("has a row per cluster and a column per direction", async () => {
    const [header, first, second, ...more] = await text(2, 120);
    assert.match(
      header ?? "",
      /^cluster +API server +istiod +trust +mTLS +gateway +→ cluster1 +→ cluster2$/,
    );
    assert.match(
      first ?? "",
      /^cluster1 +✔ v1\.33\.4 +✔ 1\.31\.1 +✔ 730 days +✔ STRICT +✔ 198\.51\.100\.1 +✔ 1\.0 ms +✔ 1\.0 ms$/,
    );
    assert.match(second ?? "", /^cluster2 /);
    assert.deepEqual(more, []);
  });

  it("marks what is wrong", async () => {
    const [, first, second] = await text(2, 120, true);
    assert.match(first ?? "", /^cluster1 +✔ v1\.33\.4 +✖ 1\.31\.1 +✖ +✔ STRICT/);
    assert.match(second ?? "", /^cluster2 +✔ v1\.33\.4 +✔ 1\.31\.1 +✔ 730 days/);
  });

  it("leaves details out where they don't fit, and then puts all directions into one column", async () => {
    const narrow = await text(3, 90);
    assert.match(narrow[1] ?? "", /^cluster1 +✔ +✔ +✔ +✔ +✔ +✔ +✔ +✔$/);
    const many = await text(12, 100);
    assert.match(many[0] ?? "", /→ all$/);
    assert.match(many[1] ?? "", /✔ 12 of 12$/);
    assert(many.every((line) => line.length <= 100));
  });
});
