import assert from "node:assert/strict";
import fc from "fast-check";
import { parseConfig } from "../../../config/parse";
import { theaterConfig } from "../../../config/theater";
import { theater as schema } from "../../../config/theater-schema";
import { clusterNames, rawConfig } from "../../support/config";
import { refusalOf } from "../../support/refusal";

const NAMES = ["ncloud", "nhn"];

const parse = (over: Record<string, unknown> = {}, self = "ncloud", names = NAMES) => {
  const config = theaterConfig(schema.parse({ enabled: true, ...over }), names, self);
  assert(config);
  return config;
};

const refusal = (theater: unknown, more: Record<string, unknown> = {}): string =>
  refusalOf(NAMES, { theater, ...more });

const placed = (self: string, over?: Record<string, unknown>, names = NAMES): string[] => {
  const { services, redis } = parse(over, self, names);
  return [...services.map(({ name }) => name), ...(redis ? ["redis"] : [])];
};

describe("mesh:theater", () => {
  it("is nothing unless enabled", () => {
    assert.equal(theaterConfig(schema.parse({}), NAMES, "ncloud"), undefined);
  });

  it("runs the three services everywhere, the gateway and redis in the first cluster", () => {
    const three = ["user-service", "movie-service", "booking-service"];
    assert.deepEqual(placed("ncloud"), [...three, "api-gateway", "redis"]);
    assert.deepEqual(placed("nhn"), three);
  });

  it("places each part where told: the fixed layout", () => {
    const placement = {
      "user-service": ["ncloud"],
      "api-gateway": ["ncloud"],
      "movie-service": ["nhn"],
      "booking-service": ["nhn"],
      redis: "nhn",
    };
    assert.deepEqual(placed("ncloud", { placement }), ["user-service", "api-gateway"]);
    assert.deepEqual(placed("nhn", { placement }), ["movie-service", "booking-service", "redis"]);
    assert.deepEqual(
      parse({ placement }).routes.map(({ weights, canary }) => [weights, canary]),
      [
        [[{ cluster: "ncloud", weight: 100 }], undefined],
        [[{ cluster: "nhn", weight: 100 }], undefined],
        [[{ cluster: "nhn", weight: 100 }], undefined],
      ],
    );
  });

  it("divides users 70:30, movies 30:70, bookings 50:50, with the canary in the second", () => {
    assert.deepEqual(
      parse().routes.map(({ weights, canary }) => [weights.map(({ weight }) => weight), canary]),
      [
        [[70, 30], "nhn"],
        [[30, 70], "nhn"],
        [[50, 50], "nhn"],
      ],
    );
  });

  it("takes 0 for 0, also where it isn't written", () => {
    const weights = { "user-service": { ncloud: 0, nhn: 100 }, "movie-service": { ncloud: 100 } };
    assert.deepEqual(
      parse({ weights })
        .routes.slice(0, 2)
        .map((route) => route.weights),
      [
        [
          { cluster: "ncloud", weight: 0 },
          { cluster: "nhn", weight: 100 },
        ],
        [
          { cluster: "ncloud", weight: 100 },
          { cluster: "nhn", weight: 0 },
        ],
      ],
    );
  });

  it("divides everything among any number of clusters, 100 together, alike in every stack", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (count) => {
        const names = clusterNames(count);
        const { routes } = parse({}, names[0], names);
        for (const { weights } of routes) {
          const shares = weights.map(({ weight }) => weight);
          assert.equal(
            shares.reduce((sum, share) => sum + share, 0),
            100,
          );
          assert(shares.every((share) => share >= 0));
          if (count !== 2) {
            assert(Math.max(...shares) - Math.min(...shares) < count);
          }
        }
        assert.deepEqual(parse({}, names.at(-1) as string, names).routes, routes);
      }),
      { numRuns: 20 },
    );
  });

  it("enters through one cluster only, by HTTPS with a certificate unless told otherwise", () => {
    const host = "theater.example.com";
    assert.deepEqual(parse({ host }).entry, { kind: "https", host });
    assert.equal(parse({ host }, "nhn").entry, undefined);
    assert.equal(parse().entry, undefined);
    assert.deepEqual(parse({ host, gateway: "nhn", entry: "http" }, "nhn").entry, {
      kind: "http",
      host,
    });
    const existingGateway = "istio-system/cp-gateway";
    assert.deepEqual(parse({ host, entry: "existing", existingGateway }).entry, {
      kind: "existing",
      host,
      gateway: existingGateway,
    });
    assert.match(
      refusal({ enabled: true, host }),
      /^mesh:https\.email is missing, and mesh:theater\.host needs a certificate: /,
    );
    const parsed = parseConfig(
      rawConfig(NAMES, { theater: { enabled: true, host, entry: "http" } }),
      "ncloud",
    );
    assert(parsed.kind === "cluster" && parsed.https === undefined);
  });

  for (const [what, over, sentence] of [
    [
      "a host with a scheme",
      { host: "http://theater.example.com", entry: "http" },
      'mesh:theater.host must be a DNS name, got "http://theater.example.com": leave out the scheme, the port and the path',
    ],
    [
      "an unknown cluster",
      { placement: { "user-service": ["aws"] } },
      'mesh:theater.placement.user-service[0] must be a cluster of mesh:clusters, got "aws": write ncloud or nhn',
    ],
    [
      "a cluster named twice",
      { placement: { "user-service": ["nhn", "nhn"] } },
      'mesh:theater.placement.user-service[1] must be another cluster than those before it, got "nhn": name each cluster once',
    ],
    [
      "redis nowhere known",
      { placement: { redis: "aws" } },
      'mesh:theater.placement.redis must be a cluster of mesh:clusters, got "aws": write ncloud or nhn',
    ],
    [
      "shares that are not 100 together",
      { weights: { "user-service": { ncloud: 70, nhn: 20 } } },
      "mesh:theater.weights.user-service must be 100 together, got 90: change ncloud (70), nhn (20)",
    ],
    [
      "a negative share",
      { weights: { "user-service": { ncloud: -1, nhn: 101 } } },
      "mesh:theater.weights.user-service.ncloud must be at least 0, got -1: write more",
    ],
    [
      "a share of a cluster that doesn't run the service",
      { placement: { "user-service": ["nhn"] }, weights: { "user-service": { ncloud: 100 } } },
      'mesh:theater.weights.user-service.ncloud must be a share of a cluster that runs the service, got "ncloud": write nhn',
    ],
    [
      "a canary that isn't there",
      { canary: "aws" },
      'mesh:theater.canary must be a cluster of mesh:clusters, got "aws": write ncloud or nhn',
    ],
    [
      "a Gateway that nothing uses",
      { existingGateway: "istio-system/cp-gateway" },
      "mesh:theater.existingGateway is set, and mesh:theater.entry is https: write existing there, or remove the Gateway",
    ],
    [
      "no Gateway where one is said to be",
      { entry: "existing" },
      "mesh:theater.existingGateway is missing, and mesh:theater.entry is existing: write <namespace>/<name> of your Gateway",
    ],
  ] as const) {
    it(`refuses ${what}, in one sentence`, () => {
      assert.equal(refusal({ enabled: true, ...over }), sentence);
    });
  }

  it("needs the redis' password in the configuration where no trust stack makes one", () => {
    const pem = "-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----\n";
    const cacerts = { caCert: pem, caKey: pem, rootCert: pem, certChain: pem };
    assert.match(
      refusal({ enabled: true }, { cacerts }),
      /^mesh:theaterRedisPassword is missing, and no trust stack makes one: /,
    );
    assert.match(
      refusal(
        { enabled: true, page: { topology: false } },
        { theaterControlToken: "0123456789abcdef0123456789abcdef" },
      ),
      /^mesh:theaterControlToken is set, and mesh:theater.page.topology is false: /,
    );
    assert.doesNotMatch(refusal({ enabled: true }, { theaterControlToken: "hunter2" }), /hunter2/);
    assert.doesNotMatch(refusal({ enabled: true }, { theaterRedisPassword: "hunter2" }), /hunter2/);
  });
});
