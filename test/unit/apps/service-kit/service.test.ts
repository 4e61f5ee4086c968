import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Service } from "@istio-multicloud/service-kit";
import { testService, testSettings } from "./support";

const portOf = (server: Service["app"]) => (server.server.address() as AddressInfo).port;

describe("a service", () => {
  const running: Service[] = [];
  const start = async (...args: Parameters<typeof testService>): Promise<Service> => {
    const service = await testService(...args);
    running.push(service);
    return service;
  };
  afterEach(() => Promise.all(running.splice(0).map((service) => service.close())));

  it("says in every answer who it is", async () => {
    const { app } = await start((app) => void app.get("/", () => "hello"));
    for (const url of ["/", "/nothing"]) {
      const { headers } = await app.inject(url);
      assert.equal(headers["x-service-cluster"], "ncloud");
      assert.equal(headers["x-pod-name"], "pod-1");
      assert.equal(headers["x-service-name"], "sample");
    }
  });

  it("leaves what another service said about itself", async () => {
    const { app } = await start(
      (app) =>
        void app.get("/", (_request, reply) =>
          reply.headers({ "x-service-cluster": "nhn", "x-service-name": "other" }).send("hello"),
        ),
    );
    const { headers } = await app.inject("/");
    assert.equal(headers["x-service-cluster"], "nhn");
    assert.equal(headers["x-service-name"], "other");
    assert.equal(headers["x-pod-name"], undefined);
  });

  it("is alive without being ready", async () => {
    let ready = false;
    const { management } = await start(() => undefined, { ready: () => ready });
    assert.equal((await management.inject("/livez")).statusCode, 200);
    assert.equal((await management.inject("/readyz")).statusCode, 503);
    ready = true;
    assert.equal((await management.inject("/readyz")).statusCode, 200);
  });

  it("tells its routes what it tells the kubelet: not ready once it drains", async () => {
    const { app, drain } = await start(
      (app, ready) => void app.get("/ready", async () => ({ ready: await ready() })),
      { settings: testSettings({ DRAIN_MILLISECONDS: "100" }) },
    );
    assert.deepEqual((await app.inject("/ready")).json(), { ready: true });
    const drained = drain();
    assert.deepEqual((await app.inject("/ready")).json(), { ready: false });
    await drained;
  });

  it("counts requests by route, not by path", async () => {
    const { app, management } = await start((app) => void app.get("/things/:id", () => "one"));
    await app.inject("/things/1");
    await app.inject("/things/2");
    await app.inject("/nothing");
    const { body } = await management.inject("/metrics");
    assert.match(
      body,
      /http_server_request_duration_seconds_count\{[^}]*route="\/things\/:id",status="200"[^}]*\} 2/,
    );
    assert.match(body, /_count\{[^}]*route="none",status="404"[^}]*\} 1/);
    assert.match(body, /http_server_active_requests\{[^}]*\} 0/);
    assert.match(body, /process_cpu_seconds_total/);
    assert.match(body, /service_info\{version="unknown",service="sample",cluster="ncloud"\} 1/);
    assert.ok(!body.includes("/things/1"));
  });

  it("has no probes and no metrics on its own port", async () => {
    const { app } = await start(() => undefined);
    for (const url of ["/livez", "/readyz", "/metrics"]) {
      assert.equal((await app.inject(url)).statusCode, 404);
    }
  });

  it("fails no request while it drains, and then ends", async () => {
    const settings = testSettings({ DRAIN_MILLISECONDS: "150" });
    const slow = async (): Promise<string> => {
      await sleep(300);
      return "done";
    };
    const service = await start((app) => void app.get("/slow", slow).get("/", () => "hello"), {
      settings,
    });
    await service.listen();
    const port = portOf(service.app);
    const agent = new Agent({ keepAlive: true });
    const ask = async (path: string): Promise<IncomingMessage> => {
      const [answer] = (await once(get({ port, path, agent, host: "127.0.0.1" }), "response")) as [
        IncomingMessage,
      ];
      answer.resume();
      await once(answer, "end");
      return answer;
    };
    assert.equal((await ask("/")).headers.connection, "keep-alive");

    const underWay = ask("/slow");
    const drained = service.drain();
    assert.equal((await service.management.inject("/readyz")).statusCode, 503);
    const late = await ask("/");
    assert.equal(late.statusCode, 200);
    assert.equal(late.headers.connection, "close", "the client is told to go elsewhere");
    assert.equal((await underWay).statusCode, 200);
    await drained;
    await assert.rejects(ask("/"), { code: "ECONNREFUSED" });
    agent.destroy();
  });

  for (const [what, begun] of [
    ["headers", "POST / HTTP/1.1\r\nHost: sample\r\nX-Slow: "],
    [
      "a body",
      'POST / HTTP/1.1\r\nHost: sample\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"',
    ],
  ] as const) {
    it(`answers 408 to who takes too long to send ${what}`, async () => {
      const settings = testSettings({ REQUEST_MILLISECONDS: "100" });
      const service = await start((app) => void app.post("/", () => "hello"), { settings });
      await service.listen();
      const client = connect(portOf(service.app), "127.0.0.1");
      client.write(begun);
      let text = "";
      for await (const chunk of client as AsyncIterable<Buffer>) {
        text += chunk.toString();
      }
      assert.match(text, /^HTTP\/1\.1 408 Request Timeout\r\n(.+\r\n)*\r\n\{.*"status":408\}$/);
    });
  }

  it("cuts off what outlives the time to close", async () => {
    const settings = testSettings({ CLOSE_MILLISECONDS: "50" });
    const service = await start(
      (app) => void app.get("/", () => new Promise<string>(() => undefined)),
      { settings },
    );
    await service.listen();
    const stuck = once(get({ port: portOf(service.app), host: "127.0.0.1" }), "response");
    await sleep(50);
    await Promise.all([assert.rejects(stuck, { code: "ECONNRESET" }), service.drain()]);
  });
});
