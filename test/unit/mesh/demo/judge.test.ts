import assert from "node:assert/strict";
import type { V1Pod } from "@kubernetes/client-node";
import {
  judgeCanary,
  judgePlacement,
  judgeProxies,
  judgeShares,
} from "../../../../mesh/demo/judge";
import type { Answer } from "../../../../mesh/scenario/answer";

const pod = (app: string, ready = true, containers = ["istio-proxy", app]): V1Pod => ({
  metadata: { name: `${app}-1`, labels: { app } },
  spec: { containers: containers.map((name) => ({ name })) },
  status: { conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
});
const answers = (cluster: string, count: number, status = 200): Answer[] =>
  Array.from({ length: count }, () => ({ status, cluster, milliseconds: 1, second: 0 }));
const weights = [
  { cluster: "ncloud", weight: 70 },
  { cluster: "nhn", weight: 30 },
];

describe("the demo's check list", () => {
  it("wants a proxy in every pod, a native sidecar too, and all of them ready", () => {
    const native: V1Pod = {
      ...pod("redis", true, ["redis"]),
      spec: { containers: [{ name: "redis" }], initContainers: [{ name: "istio-proxy" }] },
    };
    const seen = (...pods: V1Pod[]) => judgeProxies([{ cluster: "nhn", pods }]);
    assert.deepEqual(seen(pod("user-service"), native), { ok: true, what: "2 in nhn" });
    assert.deepEqual(seen(pod("user-service"), pod("redis", true, ["redis"])), {
      ok: false,
      what: "without proxy: redis-1 in nhn",
    });
    assert.equal(seen(pod("user-service", false)).what, "not ready: user-service-1 in nhn");
    assert.equal(seen().ok, false);
  });

  it("wants the services where they are placed, and no others", () => {
    const services = [{ name: "user-service" as const, image: "user:1" }];
    const redis = { image: "redis:1", storage: undefined, storageClass: undefined };
    const seen = (...pods: V1Pod[]) =>
      judgePlacement([{ cluster: "nhn", pods, theater: { services, redis } }]);
    assert.equal(seen(pod("user-service"), pod("user-service"), pod("redis")).ok, true);
    assert.equal(
      seen(pod("movie-service"), pod("redis")).what,
      "no user-service in nhn, movie-service in nhn",
    );
  });

  it("wants every request answered, and parts that fit the weights", () => {
    assert.deepEqual(judgeShares({ weights }, [...answers("ncloud", 141), ...answers("nhn", 59)]), {
      ok: true,
      what: "of 200: ncloud 141 (70 %), nhn 59 (30 %)",
    });
    assert.equal(
      judgeShares({ weights }, [...answers("ncloud", 100), ...answers("nhn", 100)]).ok,
      false,
    );
    assert.equal(
      judgeShares({ weights }, [...answers("ncloud", 140), ...answers("nhn", 60, 503)]).what,
      "60 of 200 were not answered by 200",
    );
    const all = [
      { cluster: "ncloud", weight: 0 },
      { cluster: "nhn", weight: 100 },
    ];
    assert.equal(judgeShares({ weights: all }, answers("nhn", 200)).ok, true);
    assert.equal(
      judgeShares({ weights: all }, [...answers("nhn", 199), ...answers("ncloud", 1)]).ok,
      false,
      "0 is 0",
    );
  });

  it("wants all of the marked requests from the canary", () => {
    assert.equal(judgeCanary("nhn", answers("nhn", 20)).ok, true);
    assert.deepEqual(judgeCanary("nhn", [...answers("nhn", 19), ...answers("ncloud", 1)]), {
      ok: false,
      what: "1 of 20 not from nhn",
    });
  });
});
