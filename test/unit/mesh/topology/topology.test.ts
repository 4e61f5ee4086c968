import assert from "node:assert/strict";
import { judge } from "../../../../mesh/check";
import { Unseen, type Sight } from "../../../../mesh/check/facts";
import type { MeshCounts } from "../../../../mesh/topology/proxies";
import { choose } from "../../../../mesh/topology/proxies";
import { topologyOf } from "../../../../mesh/topology/topology";
import type { Topology } from "../../../../mesh/topology/model";
import { healthyMesh, NOW, unseen, withFacts, type HealthyMesh } from "../../../support/sights";
import { evenCounts } from "../../../support/topologies";

const draw = ({ world }: HealthyMesh, sights: readonly Sight[], counts: MeshCounts): Topology =>
  topologyOf({ ...judge(sights, world), mesh: world.mesh, sights, counts, at: NOW });

const gatewaysOf = (sights: readonly Sight[]) => {
  const known = sights[0]?.facts.networkGateways;
  return known === undefined || known instanceof Unseen ? [] : known;
};

describe("topologyOf", function () {
  this.timeout(20_000);
  let healthy: HealthyMesh;
  let counts: MeshCounts;
  before(async () => {
    healthy = await healthyMesh(3);
    counts = evenCounts(
      healthy.sights.map(({ cluster }) => cluster.id),
      gatewaysOf(healthy.sights),
    );
  });

  it("has every cluster, every direction and who answers the services", () => {
    const { clusters, links, services, missing } = draw(healthy, healthy.sights, counts);
    assert.deepEqual(
      clusters.map(({ id, health, gateway }) => [id, health, ...gateway.addresses]),
      [
        ["cluster1", "ok", "198.51.100.1"],
        ["cluster2", "ok", "198.51.100.2"],
        ["cluster3", "ok", "198.51.100.3"],
      ],
    );
    assert.deepEqual(
      [clusters[0]?.kubernetes, clusters[0]?.istio, clusters[0]?.proxies],
      ["v1.33.4", "1.31.1", { asked: 1, running: 1 }],
    );
    assert.equal(links.length, 6);
    for (const { from, to, health, requests, failed, connections } of links) {
      assert.deepEqual([health, requests, failed, connections], ["ok", 100, 0, 2], from + to);
    }
    assert.equal(services.length, 1);
    assert.deepEqual([services[0]?.requests, services[0]?.clusters.length], [900, 3]);
    const third = 1 / 3;
    assert.deepEqual(services[0]?.shares, { cluster1: third, cluster2: third, cluster3: third });
    assert.deepEqual(missing, []);
  });

  it("draws a cluster that is down, and says so once; what the others know of it stays", () => {
    const facts = Object.keys(healthy.sights[2]?.facts ?? {}) as (keyof Sight["facts"])[];
    const sights = withFacts(healthy.sights, "cluster3", () => unseen("api-server", ...facts));
    const { clusters, links, missing } = draw(healthy, sights, {
      ...counts,
      cluster3: new Unseen("no answer", "api-server"),
    });
    const [, , down] = clusters;
    assert.deepEqual([down?.gateway.addresses, down?.kubernetes], [[], undefined]);
    assert.deepEqual(missing, ["cluster3 could not be looked at: its API server can't be asked."]);
    const health = (from: string, to: string): string | undefined =>
      links.find((one) => one.from === from && one.to === to)?.health;
    assert.equal(health("cluster3", "cluster1"), "unknown");
    assert.equal(health("cluster1", "cluster2"), "ok");
    assert.equal(links.find(({ from }) => from === "cluster3")?.isCounted, false);
    assert.equal(
      links.find((one) => one.from === "cluster1" && one.to === "cluster3")?.requests,
      100,
    );
  });

  it("marks a direction that is broken with check's own sentence", () => {
    const sights = withFacts(healthy.sights, "cluster1", ({ access }) => ({
      access: { ...access, cluster2: { result: "refused", status: 401, reason: "Unauthorized" } },
    }));
    const { links } = draw(healthy, sights, counts);
    const [broken] = links.filter(({ health }) => health === "error");
    assert.deepEqual([broken?.from, broken?.to], ["cluster1", "cluster2"]);
    assert.match(broken?.trouble.join() ?? "", /cluster2 doesn't know the token/);
  });

  it("says whose requests it didn't count, and draws the rest", () => {
    const of = (one: MeshCounts[string]): MeshCounts => ({ ...counts, cluster2: one });
    const said = (one: MeshCounts[string]): string =>
      draw(healthy, healthy.sights, of(one)).missing.join();
    assert.match(said(new Unseen("pods is forbidden")), /cluster2 are not counted: pods is forbid/);
    assert.match(said({ running: 0, proxies: [], silent: [] }), /cluster2 has no proxy/);
    assert.match(said({ running: 90, proxies: [], silent: ["a/b (late)"] }), /of 0 of its 90 prox/);
    assert.match(said({ running: 1, proxies: [], silent: ["a/b (late)"] }), /1 proxy .* a\/b/);
  });

  it("shows a cluster whose stack is left out as one that was not looked at", () => {
    const { clusters, missing } = draw(healthy, healthy.sights.slice(0, 2), counts);
    assert.equal(clusters[2]?.health, "unknown");
    assert.match(missing.join(), /^cluster3 was not looked at/);
  });

  it("has no services where none are exposed or called", () => {
    const sights = healthy.sights.map((sight) => ({
      ...sight,
      facts: { ...sight.facts, exposed: [] },
    }));
    assert.deepEqual(draw(healthy, sights, {}).services, []);
  });
});

describe("choose", () => {
  it("asks the gateways, then as many others as allowed from all over the list", () => {
    const pods = Array.from({ length: 100 }, (_, index) => ({
      metadata: { name: `p${index}`, namespace: index < 2 ? "istio-system" : "apps" },
    }));
    const names = choose(pods, 6).map(({ metadata }) => metadata.name);
    assert.deepEqual(names, ["p0", "p1", "p2", "p26", "p51", "p75"]);
    assert.equal(choose(pods, 200).length, 100);
  });
});
