import assert from "node:assert/strict";
import fc from "fast-check";
import type { LightMyRequestResponse } from "fastify";
import { TokenBucket } from "../../../../apps/theater/src/gateway/control/token-bucket";
import { CHANGE_ANNOTATION } from "../../../../apps/theater/src/routing/change";
import { sharesOf, type Rule } from "../../../../apps/theater/src/routing/rules";
import { CONTROL_TOKEN, rulesOf, startStage, type Stage } from "./stage";
import { anyCharacter } from "../../../support/characters";

const RIGHT = { authorization: `Bearer ${CONTROL_TOKEN}` };

const noteOf = ({ kubes }: Stage, service = "user-service"): string | undefined =>
  kubes.ncloud.routes.get(service)?.metadata.annotations?.[CHANGE_ANNOTATION];

/** Asks as the page does: with the token, and the body as JSON. */
const sender =
  (stage: () => Stage) =>
  (
    method: "PUT" | "DELETE",
    url: string,
    payload?: unknown,
    headers: Record<string, string> = RIGHT,
  ): Promise<LightMyRequestResponse> =>
    stage().gateway.app.inject({
      method,
      url,
      headers: { ...headers, ...(payload !== undefined && { "content-type": "application/json" }) },
      ...(payload !== undefined && { payload: JSON.stringify(payload) }),
    });

const httpOf = ({ kubes }: Stage, service = "user-service"): readonly Rule[] =>
  kubes.ncloud.routes.get(service)?.spec.http ?? [];

describe("the buttons' API", function () {
  this.timeout(20_000);
  let stage: Stage;
  before(async () => {
    stage = await startStage({ controlToken: CONTROL_TOKEN });
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  const send = sender(() => stage);
  const http = (service?: string) => httpOf(stage, service);
  const note = (service?: string) => noteOf(stage, service);

  it("divides a service's requests otherwise, and takes it back", async () => {
    const body = { shares: { ncloud: 90, nhn: 10 }, seconds: 30 };
    const { statusCode, json } = await send("PUT", "/api/traffic/users", body);
    assert.equal(statusCode, 200);
    const seconds = (Date.parse(json<{ until: string }>().until) - Date.now()) / 1000;
    assert(seconds > 25 && seconds <= 30);
    assert.deepEqual(sharesOf(http()), { ncloud: 90, nhn: 10 });
    assert.deepEqual(http()[0], rulesOf("user-service", [70, 30])[0], "the canary's rule stays");
    const taken = await send("DELETE", "/api/changes");
    assert.deepEqual(taken.json(), { restored: ["user-service"] });
    assert.deepEqual(http(), rulesOf("user-service", [70, 30]));
    assert.equal(note(), undefined);
  });

  it("gives a cluster that isn't named 0", async () => {
    await send("PUT", "/api/traffic/users", { shares: { nhn: 100 } });
    assert.deepEqual(sharesOf(http()), { ncloud: 0, nhn: 100 });
  });

  it("plays a scenario on the services it is about, over other shares", async () => {
    await send("PUT", "/api/scenarios/chaos", {});
    assert("fault" in (http("movie-service")[0] ?? {}));
    assert("fault" in (http("booking-service")[0] ?? {}));
    assert.equal(note(), undefined);
    await send("PUT", "/api/traffic/movies", { shares: { nhn: 100 } });
    assert(!("fault" in (http("movie-service")[0] ?? {})), "one change of a service at a time");
    await send("DELETE", "/api/changes");
    assert.deepEqual(http("movie-service"), rulesOf("movie-service", [30, 70]));
  });

  it("takes back what is over, also what another pod did before it was gone", async () => {
    await send("PUT", "/api/scenarios/abort", { seconds: 600 });
    const route = stage.kubes.ncloud.routes.get("booking-service");
    assert(route);
    const change = JSON.parse(note("booking-service") ?? "") as object;
    const past = JSON.stringify({ ...change, until: "2026-01-01T00:00:00Z" });
    stage.kubes.ncloud.put({
      ...route,
      metadata: { ...route.metadata, annotations: { [CHANGE_ANNOTATION]: past } },
    });
    const end = Date.now() + 10_000;
    while (note("booking-service") !== undefined && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.deepEqual(http("booking-service"), rulesOf("booking-service", [50, 50]));
  });

  it("tries again where somebody else writes at the same time, and not for ever", async () => {
    let conflicts = 2;
    const { ncloud } = stage.kubes;
    ncloud.beforeWrite = () => {
      const route = ncloud.routes.get("user-service");
      if (route && conflicts-- > 0) {
        ncloud.put(route);
      }
    };
    const body = { shares: { nhn: 100 } };
    assert.equal((await send("PUT", "/api/traffic/users", body)).statusCode, 200);
    conflicts = 100;
    assert.equal((await send("PUT", "/api/traffic/users", body)).statusCode, 409);
  });

  it("changes all of a scenario's services or none", async () => {
    stage.kubes.ncloud.routes.delete("booking-service");
    assert.equal((await send("PUT", "/api/scenarios/chaos", {})).statusCode, 503);
    assert.deepEqual(http("movie-service"), rulesOf("movie-service", [30, 70]));
  });

  it("tells what the cluster's API refuses without its words", async () => {
    stage.kubes.ncloud.mood = "forbids";
    const answer = await send("PUT", "/api/traffic/users", { shares: { nhn: 100 } });
    assert.equal(answer.statusCode, 503);
    assert(!answer.body.includes("secret internals"));
  });

  it("is described in the OpenAPI document, with its token", async () => {
    const { paths, components } = (await stage.gateway.app.inject("/openapi.json")).json<{
      paths: Record<string, Record<string, { security?: unknown }>>;
      components: unknown;
    }>();
    assert.deepEqual(paths["/api/traffic/{service}"]?.["put"]?.security, [{ token: [] }]);
    assert("/api/scenarios/{scenario}" in paths && "/api/changes" in paths);
    assert.match(JSON.stringify(components), /"scheme":"bearer"/);
  });
});

describe("the buttons' API, asked too often", function () {
  this.timeout(20_000);
  let stage: Stage;
  // Each its own gateway: it lets pass only so many a minute.
  beforeEach(async () => {
    stage = await startStage({ controlToken: CONTROL_TOKEN });
  });
  afterEach(() => stage.close());

  const send = sender(() => stage);

  it("lets nobody in without the token, says nothing, and not for ever", async () => {
    const tries: Record<string, string>[] = [
      {},
      { authorization: "" },
      { authorization: `Basic ${CONTROL_TOKEN}` },
      { authorization: `Bearer ${CONTROL_TOKEN.slice(1)}` },
      { authorization: `Bearer ${CONTROL_TOKEN}x` },
      { cookie: `token=${CONTROL_TOKEN}` },
    ];
    for (const headers of tries) {
      const answer = await send("PUT", "/api/traffic/users", { shares: { nhn: 100 } }, headers);
      assert.equal(answer.statusCode, 401);
      assert.match(String(answer.headers["www-authenticate"]), /^Bearer/);
    }
    const query = await send("DELETE", `/api/changes?token=${CONTROL_TOKEN}`, undefined, {});
    assert.equal(query.statusCode, 401, "never in the URL");
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => send("DELETE", "/api/changes", undefined, {})),
    );
    assert(answers.some(({ statusCode }) => statusCode === 429));
    assert.equal((await send("DELETE", "/api/changes")).statusCode, 200, "who knows it comes in");
    assert.deepEqual(httpOf(stage), rulesOf("user-service", [70, 30]));
  });

  it("takes only so many changes a minute", async () => {
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => send("PUT", "/api/traffic/nothing", {})),
    );
    assert.equal(answers.filter(({ statusCode }) => statusCode === 429).length, 10);
  });

  it("answers whatever is sent to it with a problem, and changes nothing", async () => {
    const { app } = stage.gateway;
    // An empty object is all that playing a scenario needs.
    const json = fc.json().filter((text) => text !== "{}");
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("/api/traffic/users", "/api/scenarios/delay", "/api/live", "/api/changes"),
        fc.constantFrom("PUT", "POST", "PATCH", "OPTIONS"),
        fc.oneof(fc.string({ unit: anyCharacter }), json, fc.constant("x".repeat(70_000))),
        fc.boolean(),
        async (url, method, payload, authorized) => {
          const answer = await app.inject({
            method: method as "PUT",
            url,
            payload,
            headers: { "content-type": "application/json", ...(authorized && RIGHT) },
          });
          assert(answer.statusCode >= 400 && answer.statusCode < 500, `${answer.statusCode}`);
          assert.equal(answer.headers["content-type"], "application/problem+json");
          assert(!/node_modules|\bat \w+ \(/.test(answer.body));
        },
      ),
      { numRuns: 60 },
    );
    assert.equal(noteOf(stage), undefined);
  });
});

describe("the buttons' API, asked for what can't be", () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage({ controlToken: CONTROL_TOKEN });
  });
  after(() => stage.close());

  for (const [what, path, body, status] of [
    ["shares that aren't 100 together", "/api/traffic/users", { shares: { ncloud: 90 } }, 422],
    ["a cluster nobody knows", "/api/traffic/users", { shares: { mars: 100 } }, 422],
    ["negative shares", "/api/traffic/users", { shares: { ncloud: 101, nhn: -1 } }, 400],
    ["half a share", "/api/traffic/users", { shares: { ncloud: 99.5, nhn: 0.5 } }, 400],
    ["a share as a text", "/api/traffic/users", { shares: { ncloud: "100" } }, 400],
    ["no share at all", "/api/traffic/users", { shares: {} }, 400],
    ["unknown fields", "/api/traffic/users", { shares: { nhn: 100 }, hosts: ["*"] }, 400],
    ["a name of the prototype", "/api/traffic/users", { shares: { constructor: 100 } }, 422],
    ["a service nobody knows", "/api/traffic/redis", { shares: { nhn: 100 } }, 400],
    ["another object's path", "/api/traffic/..%2Fsecrets", { shares: { nhn: 100 } }, 400],
    ["a scenario nobody knows", "/api/scenarios/cluster-loss", {}, 400],
    ["a change for ever", "/api/scenarios/delay", { seconds: 1e9 }, 400],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const answer = await stage.gateway.app.inject({
        method: "PUT",
        url: path,
        headers: { ...RIGHT, "content-type": "application/json" },
        payload: JSON.stringify(body),
      });
      assert.equal(answer.statusCode, status, answer.body);
      assert.equal(answer.headers["content-type"], "application/problem+json");
      assert.equal(noteOf(stage), undefined);
    });
  }
});

describe("the buttons' API without a token in the settings", () => {
  it("isn't there", async () => {
    const stage = await startStage();
    const headers = { authorization: "Bearer " };
    for (const [method, url] of [
      ["PUT", "/api/traffic/users"],
      ["PUT", "/api/scenarios/delay"],
      ["DELETE", "/api/changes"],
    ] as const) {
      assert.equal((await stage.gateway.app.inject({ method, url, headers })).statusCode, 404);
    }
    await stage.close();
  });
});

describe("a bucket of tokens", () => {
  it("gives so many at once, and so many a minute", () => {
    const bucket = new TokenBucket(6, 0);
    const taken = (now: number): number =>
      Array.from({ length: 10 }, () => bucket.take(now)).filter(Boolean).length;
    assert.deepEqual([taken(0), taken(9999), taken(10_000), taken(600_000)], [6, 0, 1, 6]);
  });
});
