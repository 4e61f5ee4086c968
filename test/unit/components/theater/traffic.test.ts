import assert from "node:assert/strict";
import { Environment, readServiceSettings } from "@istio-multicloud/service-kit";
import { ACCESS, authorizationPolicy } from "../../../../components/theater/access";
import {
  destinationRule,
  publicRoute,
  virtualService,
} from "../../../../components/theater/traffic";
import type { TheaterRoute } from "../../../../config/model";

const route: TheaterRoute = {
  service: "user-service",
  weights: [
    { cluster: "ncloud", weight: 100 },
    { cluster: "nhn", weight: 0 },
  ],
  canary: "nhn",
};

describe("the theater's routes", () => {
  const { spec } = virtualService(route);

  it("divide unmarked requests as configured, 0 included, reads and writes alike", () => {
    for (const rule of spec.http.slice(2)) {
      assert.deepEqual(
        rule.route.map(({ destination, weight }) => [destination.subset, weight]),
        [
          ["ncloud", 100],
          ["nhn", 0],
        ],
        rule.name,
      );
    }
  });

  it("send marked requests to the canary, before any rule that would take them", () => {
    for (const rule of spec.http.slice(0, 2)) {
      for (const match of rule.match ?? assert.fail("takes everything")) {
        assert.deepEqual(match.headers?.["x-canary"], { exact: "true" });
      }
      assert.deepEqual(
        rule.route.map(({ destination, weight }) => [destination.subset, weight]),
        [["nhn", 100]],
      );
    }
    assert.equal(spec.http.at(-1)?.match, undefined, "the last rule takes what is left");
  });

  it("have no canary where only one cluster runs the service", () => {
    const alone = virtualService({
      ...route,
      weights: [{ cluster: "nhn", weight: 100 }],
      canary: undefined,
    });
    assert.deepEqual(
      alone.spec.http.map(({ name }) => name),
      ["repeatable", "all"],
    );
  });

  it("repeat a write without a key only where the service can't have got it", () => {
    for (const rule of spec.http) {
      const conditions = rule.retries.retryOn.split(",");
      const harmless = rule.match?.every(
        (match) =>
          match.method?.regex === "GET|HEAD" || match.headers?.["idempotency-key"] !== undefined,
      );
      assert.equal(
        conditions.includes("gateway-error") || conditions.includes("reset"),
        harmless ?? false,
      );
    }
    assert.equal(spec.http.filter(({ name }) => name.includes("repeatable")).length, 2);
  });

  it("give whatever comes from outside a key, and keep the client's own", () => {
    const { http } = publicRoute("theater.example.com", "istio-system/theater").spec;
    assert.deepEqual(
      http.map(({ name, match, headers }) => [name, match, headers]),
      [
        ["events", [{ uri: { exact: "/api/events" } }], undefined],
        ["keyed", [{ headers: { "idempotency-key": { regex: ".+" } } }], undefined],
        ["all", undefined, { request: { set: { "idempotency-key": "%REQ(X-REQUEST-ID)%" } } }],
      ],
    );
  });

  it("are done with a connection that lies idle before a pod that ends is", () => {
    const { drainMilliseconds } = readServiceSettings(new Environment({}), { port: 0 });
    const { idleTimeout } = destinationRule("user-service", []).spec.trafficPolicy.connectionPool
      .http;
    assert.match(idleTimeout, /^\d+s$/);
    assert(parseInt(idleTimeout, 10) * 1000 <= drainMilliseconds / 2);
  });

  it("ask everybody where nobody is left to ask", () => {
    const { outlierDetection } = destinationRule("api-gateway", []).spec.trafficPolicy;
    assert.equal(outlierDetection.maxEjectionPercent, 100);
    assert(outlierDetection.minHealthPercent > 0, "0 is no panic threshold at all");
  });

  it("name subsets that the DestinationRule has, whose pods come first, and no others last", () => {
    const rule = destinationRule("user-service", ["ncloud", "nhn"]);
    const subsets = new Map(rule.spec.subsets.map((subset) => [subset.name, subset]));
    for (const { route: destinations } of spec.http) {
      for (const { destination } of destinations) {
        const { localityLbSetting } =
          subsets.get(destination.subset)?.trafficPolicy.loadBalancer ?? assert.fail();
        assert.deepEqual(localityLbSetting.failoverPriority, [
          `topology.istio.io/cluster=${destination.subset}`,
        ]);
        assert(
          !("labels" in (subsets.get(destination.subset) ?? {})),
          "would have no one to fail over to",
        );
      }
    }
    // Istio orders endpoints by priority only where it may also leave one of them out.
    assert(rule.spec.trafficPolicy.outlierDetection);
  });
});

describe("who may call whom in the theater", () => {
  const principals = (service: string): readonly string[] => {
    const access = ACCESS.find((each) => each.service === service) ?? assert.fail(service);
    return authorizationPolicy(access, "example.org").spec.rules.flatMap(({ from }) =>
      from.flatMap(({ source }) => source.principals),
    );
  };

  it("is the gateway for the three services, they for redis, and the public for the gateway", () => {
    for (const service of ["user-service", "movie-service", "booking-service"]) {
      assert.deepEqual(principals(service), ["example.org/ns/theater-msa/sa/api-gateway"]);
    }
    assert.deepEqual(principals("redis"), [
      "example.org/ns/theater-msa/sa/user-service",
      "example.org/ns/theater-msa/sa/movie-service",
      "example.org/ns/theater-msa/sa/booking-service",
    ]);
    assert.deepEqual(principals("api-gateway"), [
      "example.org/ns/istio-system/sa/istio-ingressgateway",
    ]);
  });
});
