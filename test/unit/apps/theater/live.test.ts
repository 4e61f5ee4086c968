import assert from "node:assert/strict";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { nextState } from "../../../../apps/theater/src/gateway/live/cluster-watch";
import { Flows } from "../../../../apps/theater/src/gateway/live/flows";
import type { Snapshot } from "../../../../apps/theater/src/gateway/live/live";
import { MOST_STREAMS } from "../../../../apps/theater/src/gateway/live/live-routes";
import { podsOf } from "../../../../apps/theater/src/gateway/live/pods";
import { startStage, type Stage } from "./stage";
import { until as untilWithin } from "./support";

/** Leaves time for a busy machine. */
const until = (holds: () => boolean): Promise<void> => untilWithin(holds, 10_000);

interface Stream {
  readonly response: IncomingMessage;
  readonly events: { id: string; snapshot: Snapshot }[];
  text: string;
  ended: boolean;
  close(): void;
}

async function listen(url: string, headers: Record<string, string> = {}): Promise<Stream> {
  const request = get(`${url}/api/events`, { headers, agent: false });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const stream: Stream = {
    response,
    events: [],
    text: "",
    ended: false,
    close: () => request.destroy(),
  };
  let waiting = "";
  response.setEncoding("utf8").on("error", () => undefined);
  response.on("end", () => (stream.ended = true));
  response.on("data", (chunk: string) => {
    stream.text += chunk;
    waiting += chunk;
    const whole = waiting.split("\n\n");
    waiting = whole.pop() ?? "";
    for (const event of whole) {
      const [, id] = /^id: (.+)$/m.exec(event) ?? [];
      const [, data] = /^data: (.+)$/m.exec(event) ?? [];
      if (id !== undefined && data !== undefined) {
        stream.events.push({ id, snapshot: JSON.parse(data) as Snapshot });
      }
    }
  });
  return stream;
}

const last = ({ events }: Stream): Snapshot | undefined => events.at(-1)?.snapshot;

describe("the gateway's view of the mesh", function () {
  this.timeout(20_000);
  let stage: Stage;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.close());

  const live = async (): Promise<Snapshot> =>
    (await (await fetch(`${stage.url}/api/live`)).json()) as Snapshot;

  it("shows every cluster's pods, the weights that hold, and where answers came from", async () => {
    await (await fetch(`${stage.url}/users/`)).text();
    await (await fetch(`${stage.url}/users/`, { headers: { "x-canary": "true" } })).text();
    const { gateway, clusters, services, scenarios } = await live();
    assert.deepEqual(gateway, { cluster: "ncloud", pod: "api-gateway-ncloud-1" });
    assert.deepEqual(
      clusters.map(({ name, state, pods }) => [name, state, pods.length]),
      [
        ["ncloud", "reachable", 4],
        ["nhn", "reachable", 4],
      ],
    );
    assert.deepEqual(services.movies.route, { state: "known", shares: { ncloud: 30, nhn: 70 } });
    assert.equal(
      services.users.flows.reduce((sum, { answers }) => sum + answers, 0),
      2,
    );
    assert(services.users.flows.some(({ pod }) => pod === "user-service-nhn-1"));
    assert.deepEqual(scenarios, []);
  });

  it("tells at once who listens, and again when something is new", async () => {
    const stream = await listen(stage.url);
    assert.equal(stream.response.headers["content-type"], "text/event-stream");
    assert.equal(stream.response.headers["cache-control"], "no-store");
    assert.equal(stream.response.headers["x-service-name"], "api-gateway");
    await until(() => stream.events.length > 0);
    assert.match(stream.text, /^retry: \d+\n\n/);
    stage.kubes.nhn.pods[0] = { name: "user-service-nhn-1", app: "user-service", ready: false };
    await until(() => last(stream)?.clusters[1]?.pods.at(-1)?.state === "not-ready");
    stream.close();
  });

  it("doesn't repeat what the listener already knows", async () => {
    const first = await listen(stage.url);
    await until(() => first.events.length > 0);
    await until(() => last(first)?.clusters.every(({ state }) => state === "reachable") === true);
    first.close();
    const again = await listen(stage.url, { "last-event-id": first.events.at(-1)?.id ?? "" });
    await until(() => again.text !== "");
    assert.deepEqual(again.events, []);
    again.close();
  });

  it("shows a silent cluster as unreachable within seconds, and its return", async () => {
    const stream = await listen(stage.url);
    await until(() => last(stream)?.clusters[1]?.state === "reachable");
    stage.kubes.nhn.mood = "silent";
    await until(() => last(stream)?.clusters[1]?.state === "unreachable");
    assert.equal(last(stream)?.clusters[0]?.state, "reachable");
    assert.equal(last(stream)?.clusters[1]?.pods.length, 4, "the last ones seen");
    stage.kubes.nhn.mood = "well";
    await until(() => last(stream)?.clusters[1]?.state === "reachable");
    stream.close();
  });

  it("says where it isn't permitted to look, without the API's words", async () => {
    const stream = await listen(stage.url);
    stage.kubes.ncloud.mood = "forbids";
    await until(() => last(stream)?.services.users.route.state === "forbidden");
    await until(() => last(stream)?.clusters[0]?.state === "forbidden");
    assert(!stream.text.includes("secret internals"));
    stage.kubes.ncloud.mood = "well";
    stream.close();
  });

  it("asks nobody while nobody looks", async () => {
    await until(() => stage.gateway.app.server.listening);
    const { requests } = stage.kubes.nhn;
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.equal(stage.kubes.nhn.requests, requests);
  });

  it("keeps as many streams as it can, and refuses more", async () => {
    const streams = await Promise.all(
      Array.from({ length: MOST_STREAMS }, () => listen(stage.url)),
    );
    const refused = await fetch(`${stage.url}/api/events`);
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get("retry-after"), "30");
    await refused.text();
    streams.forEach((stream) => stream.close());
    await until(() => streams.every(({ response }) => response.destroyed));
    const next = await listen(stage.url);
    assert.equal(next.response.statusCode, 200);
    next.close();
  });

  it("answers HEAD without a stream", async () => {
    assert.equal((await fetch(`${stage.url}/api/live`, { method: "HEAD" })).status, 200);
    assert.equal((await fetch(`${stage.url}/api/events`, { method: "HEAD" })).status, 405);
  });

  it("ends its streams when it is drained", async () => {
    const other = await startStage({ topology: false });
    const stream = await listen(other.url);
    await until(() => stream.events.length > 0);
    assert.deepEqual(last(stream)?.clusters, []);
    assert.equal(last(stream)?.services.users.route.state, "unconfigured");
    await other.gateway.drain();
    await until(() => stream.ended);
    await other.close();
  });
});

describe("what the gateway makes of what it sees", () => {
  it("pods: ready, not ready or ending, by service; those that are over not at all", () => {
    const pod = (
      name: string,
      app: string,
      more: object = {},
      ready = "True",
      phase = "Running",
    ) => ({
      metadata: { name, labels: { app }, ...more },
      status: { phase, conditions: [{ type: "Ready", status: ready }] },
    });
    assert.deepEqual(
      podsOf({
        items: [
          pod("b", "user-service"),
          pod("a", "user-service", {}, "False"),
          pod("c", "redis", { deletionTimestamp: "2026-01-01T00:00:00Z" }),
          pod("d", "redis", {}, "True", "Failed"),
          {},
        ],
      }),
      [
        { name: "", service: "", state: "not-ready" },
        { name: "c", service: "redis", state: "ending" },
        { name: "a", service: "user-service", state: "not-ready" },
        { name: "b", service: "user-service", state: "ready" },
      ],
    );
  });

  it("states: one missing answer is chance, silence is not, a refusal is a refusal", () => {
    assert.equal(nextState("reachable", "unreachable", false), "reachable");
    assert.equal(nextState("reachable", "unreachable", true), "unreachable");
    assert.equal(nextState("unknown", "unreachable", false), "unreachable");
    assert.equal(nextState("reachable", "forbidden", false), "forbidden");
    assert.equal(nextState("forbidden", "unreachable", false), "unreachable");
  });

  it("flows: answers of the last half minute, the last five hundred", () => {
    const flows = new Flows();
    const nhn = { cluster: "nhn", pod: "a" };
    const nobody = { cluster: undefined, pod: undefined };
    flows.record(nhn, 0);
    flows.record(nhn, 10_000);
    flows.record(nobody, 10_000);
    assert.deepEqual(flows.view(31_000), [
      { cluster: null, pod: null, answers: 1 },
      { ...nhn, answers: 1 },
    ]);
    for (let answer = 0; answer < 1000; answer++) {
      flows.record(nhn, 20_000);
    }
    assert.deepEqual(flows.view(20_000), [{ ...nhn, answers: 500 }]);
    assert.deepEqual(flows.view(60_000), []);
  });
});
