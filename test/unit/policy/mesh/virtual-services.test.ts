import assert from "node:assert/strict";
import { definedSubsets } from "../../../../policy/mesh/defined-subsets";
import { meshGateway } from "../../../../policy/mesh/mesh-gateway";
import { reachableRoutes } from "../../../../policy/mesh/reachable-routes";
import { routeWeights } from "../../../../policy/mesh/route-weights";
import { object, sentences, unknown } from "../../../support/policies";

const virtualService = (spec: Record<string, unknown>, options = {}) =>
  object("networking.istio.io/v1", "VirtualService", { spec }, {}, options);
const destinationRule = (host: string, subsets: string[], options = {}) =>
  object(
    "networking.istio.io/v1",
    "DestinationRule",
    { spec: { host, subsets: subsets.map((name) => ({ name })) } },
    {},
    { name: `rule-${host}`, ...options },
  );
const to = (subset: string, weight?: number, host = "movies") => ({
  destination: { host, subset },
  ...(weight !== undefined && { weight }),
});

describe("routes-reachable", () => {
  const dead = (http: unknown[], rest: Record<string, unknown> = {}) =>
    sentences([virtualService({ hosts: ["movies"], http, ...rest })], [reachableRoutes]);

  it("passes a canary by header before everything else", async () => {
    const http = [
      { match: [{ headers: { "x-canary": { exact: "true" } } }], route: [to("v2")] },
      { route: [to("v1", 70), to("v2", 30)] },
    ];
    assert.deepEqual(await dead(http), []);
  });

  it("refuses the same the other way round", async () => {
    const http = [
      { route: [to("v1")] },
      { match: [{ headers: { "x-canary": { exact: "true" } } }], route: [to("v2")] },
    ];
    assert.deepEqual(await dead(http), [
      "http[1] of VirtualService shop/it can never match, since http[0] takes all that it would: give http[0] a narrower match, put http[1] before it, or make one rule of both with a weight per destination",
    ]);
  });

  it("refuses the guide's two rules with the same match", async () => {
    const match = [{ sourceLabels: { app: "sleep" } }];
    const http = [
      { match, route: [to("v1", 30)] },
      { match, route: [to("v2", 70)] },
    ];
    assert.equal((await dead(http)).length, 1);
    assert.equal((await dead(http, { gateways: ["public"] })).length, 1);
  });

  it("refuses one dead match of a rule with others", async () => {
    const http = [
      { match: [{ uri: { prefix: "/movies" } }], route: [to("v1")] },
      {
        match: [{ uri: { prefix: "/users" } }, { uri: { prefix: "/movies/new" } }],
        route: [to("v2")],
      },
    ];
    assert.match((await dead(http)).join(), /^http\[1\]\.match\[1\] of VirtualService shop\/it /);
  });

  it("leaves room for a delegate's own rules", async () => {
    const http = [
      { match: [{ uri: { prefix: "/" } }], delegate: { name: "movies" } },
      { route: [to("v1")] },
    ];
    assert.deepEqual(await dead(http), []);
  });

  it("judges TLS and TCP rules too", async () => {
    const tls = [
      { match: [{ port: 443, sniHosts: ["*.example.com"] }], route: [to("v1")] },
      { match: [{ port: 443, sniHosts: ["shop.example.com"] }], route: [to("v2")] },
    ];
    const tcp = [{ route: [to("v1")] }, { match: [{ port: 6379 }], route: [to("v2")] }];
    const found = await dead([], { tls, tcp });
    assert.deepEqual(
      found.map((sentence) => sentence.split(" ")[0]),
      ["tls[1]", "tcp[1]"],
    );
  });

  it("waits with what a preview doesn't know", async () => {
    const http = [
      { match: [{ uri: { prefix: unknown } }], route: [to("v1")] },
      { match: [{ uri: { prefix: unknown } }], route: [to("v2")] },
    ];
    assert.deepEqual(await dead(http), []);
    assert.deepEqual(
      await sentences([virtualService({ hosts: [unknown], http: unknown })], [reachableRoutes]),
      [],
    );
  });
});

describe("route-weights-sum", () => {
  const stray = (spec: Record<string, unknown>) =>
    sentences([virtualService(spec)], [routeWeights]);

  it("passes shares of 100, and a lone destination without a weight", async () => {
    const spec = {
      http: [{ route: [to("v1", 70), to("v2", 30)] }, { route: [to("v1")] }],
      tcp: [{ route: [to("v1", 100)] }],
    };
    assert.deepEqual(await stray(spec), []);
  });

  it("refuses a lone share and a wrong sum, in every kind of rule", async () => {
    const wrong = [{ route: [to("v1", 30)] }, { route: [to("v1", 70), to("v2", 20)] }];
    for (const protocol of ["http", "tls", "tcp"]) {
      assert.deepEqual(await stray({ [protocol]: wrong }), [
        `${protocol}[0] of VirtualService shop/it has a single destination with weight 30, which gets everything: leave the weight out, or put the destinations that share the traffic into this rule`,
        `${protocol}[1] of VirtualService shop/it has weights that add up to 90: write shares of 100`,
      ]);
    }
  });
});

describe("subsets-defined", () => {
  const route = virtualService({ http: [{ route: [to("v1", 50), to("v2", 50)] }] });

  it("passes a subset of a rule for the same host, by its short or full name or a wildcard", async () => {
    for (const host of ["movies", "movies.shop.svc.cluster.local", "*.shop.svc.cluster.local"]) {
      const resources = [route, destinationRule(host, ["v1", "v2"])];
      assert.deepEqual(await sentences(resources, [definedSubsets]), [], host);
    }
  });

  it("refuses one that is missing, of another host, or on another cluster", async () => {
    const elsewhere = [
      destinationRule("movies", ["v1"]),
      destinationRule("users", ["v1", "v2"]),
      destinationRule("movies", ["v2"], { name: "far", provider: "nhn" }),
    ];
    assert.deepEqual(await sentences([route, ...elsewhere], [definedSubsets]), [
      "http[0] of VirtualService shop/it sends to the subset v2 of movies.shop.svc.cluster.local, which no DestinationRule of this stack defines: add v2 to the subsets of a DestinationRule for movies.shop.svc.cluster.local, on the same cluster",
    ]);
  });

  it("looks at mirrors too", async () => {
    const mirrored = virtualService({
      http: [
        {
          route: [to("v1")],
          mirror: { host: "movies", subset: "v2" },
          mirrors: [{ destination: { host: "movies", subset: "v3" } }],
        },
      ],
    });
    const found = await sentences([mirrored, destinationRule("movies", ["v1"])], [definedSubsets]);
    assert.equal(found.length, 2);
  });

  it("waits with a rule that a preview doesn't know", async () => {
    const rule = object("networking.istio.io/v1", "DestinationRule", { spec: unknown });
    assert.deepEqual(await sentences([route, { ...rule, name: "rule" }], [definedSubsets]), []);
    const hostless = virtualService({ http: [{ route: [to("v1", 100, unknown)] }] });
    assert.deepEqual(await sentences([hostless], [definedSubsets]), []);
  });
});

describe("gateways-include-mesh", () => {
  const advice = (spec: Record<string, unknown>) =>
    sentences([virtualService(spec)], [meshGateway]);

  it("passes what is for sidecars by default, and what is for the public alone", async () => {
    assert.deepEqual(await advice({ hosts: ["movies"] }), []);
    assert.deepEqual(await advice({ hosts: ["movies"], gateways: ["public", "mesh"] }), []);
    assert.deepEqual(await advice({ hosts: ["shop.example.com"], gateways: ["public"] }), []);
  });

  it("advises on a service's own rules that sidecars won't see", async () => {
    assert.deepEqual(await advice({ hosts: ["movies"], gateways: ["public"] }), [
      "VirtualService shop/it is for the service movies, but holds for public only: add mesh to spec.gateways",
    ]);
    assert.match(
      (
        await advice({
          hosts: ["*"],
          gateways: ["public"],
          http: [{ match: [{ sourceLabels: { app: "sleep" } }] }],
        })
      ).join(),
      /asks for the labels of its callers/,
    );
  });
});
