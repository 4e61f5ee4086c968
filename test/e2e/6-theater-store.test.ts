import assert from "node:assert/strict";
import { createClient } from "redis";
import type { Service } from "@istio-multicloud/service-kit";
import type { User } from "../../apps/theater/src/model";
import { RedisStore } from "../../apps/theater/src/store/redis-store";
import { createStoreService } from "../../apps/theater/src/store-service";
import { testSettings } from "../unit/apps/service-kit/support";
import { contract } from "../unit/apps/theater/store-contract";
import { noLog, until, type Backend } from "../unit/apps/theater/support";
import { startRedis, type RedisServer } from "./redis-server";

function redisBackend(): Backend {
  let server: RedisServer;
  const stores: RedisStore[] = [];
  return {
    name: "in redis",
    async start() {
      server = await startRedis();
    },
    async stop() {
      stores.forEach((store) => store.close());
      await server.stop();
    },
    async clear() {
      const client = createClient({ url: server.url.href, password: server.password });
      await client.connect();
      await client.flushAll();
      client.destroy();
    },
    async store() {
      const store = new RedisStore(server);
      stores.push(store);
      store.open(noLog, () => Promise.resolve());
      await until(() => store.ready);
      return store;
    },
  };
}

contract(redisBackend());

const SOON = 6000;

describe("a service without its redis", () => {
  let server: RedisServer;
  let service: Service;
  let store: RedisStore;

  before(async () => {
    server = await startRedis();
    store = new RedisStore(server);
    service = await createStoreService("user", testSettings(), store);
    await until(() => store.ready, SOON);
  });
  after(async () => {
    await service.close();
    await server.stop();
  });

  const users = () => service.app.inject("/users/");
  const isReady = async () => (await service.management.inject("/readyz")).statusCode === 200;

  async function assertRefused(): Promise<void> {
    const start = performance.now();
    const answer = await users();
    assert.equal(answer.statusCode, 503);
    assert.equal(answer.headers["retry-after"], "2");
    assert.equal(answer.headers["content-type"], "application/problem+json");
    assert.ok(!/redis|ECONN|127\.0\.0\.1/.test(answer.body), "nothing of the inside is told");
    assert.ok(performance.now() - start < 3000, "it is told soon");
  }

  async function assertRecovered(): Promise<void> {
    await until(() => store.ready, SOON);
    assert.equal((await users()).json<User[]>().length, 3);
    assert.ok(await isReady());
  }

  it("answers 503 while redis is gone, and recovers by itself, with the first users", async () => {
    await assertRecovered();
    await server.stop();
    await until(() => !store.ready, SOON);
    await assertRefused();
    assert.ok(!(await isReady()));
    assert.equal((await service.management.inject("/livez")).statusCode, 200);
    server = await startRedis(Number(server.url.port));
    await assertRecovered();
  });

  it("answers 503 while redis is silent, and recovers by itself", async () => {
    server.process.kill("SIGSTOP");
    try {
      await assertRefused();
      await until(() => !store.ready, SOON);
      await assertRefused();
    } finally {
      server.process.kill("SIGCONT");
    }
    await assertRecovered();
  });

  it("loses no request when its connection is cut, and books nothing twice", async () => {
    await assertRecovered();
    const other = createClient({ url: server.url.href, password: server.password });
    await other.connect();
    try {
      const answers: Promise<number>[] = [];
      for (let cut = 0; cut < 3; cut++) {
        for (let number = 0; number < 20; number++) {
          const body = { name: `${cut} ${number}`, email: "a@example.com" };
          const sent = service.app.inject({ method: "POST", url: "/users/", payload: body });
          answers.push(sent.then(({ statusCode }) => statusCode));
        }
        await other.sendCommand(["CLIENT", "KILL", "TYPE", "normal"]);
      }
      assert.deepEqual(new Set(await Promise.all(answers)), new Set([201]));
      assert.equal((await users()).json<User[]>().length, 3 + answers.length);
    } finally {
      other.destroy();
    }
  });

  it("starts before redis does, and ends without it", async () => {
    const early = new RedisStore({ ...server, url: new URL("redis://127.0.0.1:1") });
    const waiting = await createStoreService("movie", testSettings(), early);
    assert.equal((await waiting.app.inject("/movies/")).statusCode, 503);
    assert.equal((await waiting.management.inject("/readyz")).statusCode, 503);
    await waiting.close();
  });
});
