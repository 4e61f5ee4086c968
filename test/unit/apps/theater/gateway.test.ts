import assert from "node:assert/strict";
import { once } from "node:events";
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
} from "node:http";
import type { AddressInfo, Server } from "node:net";
import { Environment, type Service } from "@istio-multicloud/service-kit";
import { createGateway } from "../../../../apps/theater/src/gateway/gateway";
import { readGatewaySettings } from "../../../../apps/theater/src/gateway/settings";
import type { Movie, User } from "../../../../apps/theater/src/model";
import { testSettings } from "../service-kit/support";
import { theaterInMemory, type Theater } from "./support";

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const NOBODY = new URL("http://127.0.0.1:1");

async function listening(listener: RequestListener): Promise<Server> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** A gateway that listens before `users`; nobody is behind the other paths. */
async function gatewayTo(users: URL): Promise<Service> {
  const gateway = await createGateway({
    ...testSettings({ CLUSTER_NAME: "nhn" }),
    upstreams: { users, movies: NOBODY, bookings: NOBODY },
    upstreamMilliseconds: 300,
  });
  await gateway.app.listen({ host: "127.0.0.1", port: 0 });
  return gateway;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Not `fetch`, which refuses some of the headers sent here. */
async function ask(
  gateway: Service,
  path: string,
  options: { method?: string; headers?: Record<string, string>; chunks?: string[] } = {},
): Promise<Answer> {
  const { method = "GET", headers = {}, chunks = [] } = options;
  const port = portOf(gateway.app.server);
  const sent = request({ host: "127.0.0.1", port, path, method, headers });
  chunks.forEach((chunk) => sent.write(chunk));
  sent.end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let body = "";
  for await (const chunk of response.setEncoding("utf8") as AsyncIterable<string>) {
    body += chunk;
  }
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

function assertProblem(answer: Answer, status: number): void {
  assert.equal(answer.status, status);
  assert.equal(answer.headers["content-type"], "application/problem+json");
  assert.equal((JSON.parse(answer.body) as { status: number }).status, status);
}

describe("the gateway before real services", () => {
  let theater: Theater;
  let gateway: Service;
  before(async () => {
    theater = await theaterInMemory();
    const urls: URL[] = [];
    for (const kind of ["user", "movie", "booking"] as const) {
      urls.push(new URL(await theater.services[kind].app.listen({ host: "127.0.0.1", port: 0 })));
    }
    const [users = NOBODY, movies = NOBODY, bookings = NOBODY] = urls;
    gateway = await createGateway({
      ...testSettings({ CLUSTER_NAME: "nhn" }),
      upstreams: { users, movies, bookings },
      upstreamMilliseconds: 5000,
    });
    await gateway.app.listen({ host: "127.0.0.1", port: 0 });
  });
  after(async () => {
    await gateway.close();
    await theater.close();
  });

  const post = (path: string, body: unknown) =>
    ask(gateway, path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      chunks: [JSON.stringify(body)],
    });

  for (const path of ["/users", "/users/", "/movies", "/movies/", "/bookings", "/bookings/"]) {
    it(`lists ${path}, and tells which service and cluster answered`, async () => {
      const { status, headers, body } = await ask(gateway, path);
      assert.equal(status, 200);
      assert.ok(Array.isArray(JSON.parse(body)));
      assert.equal(headers["x-service-cluster"], "ncloud");
      assert.equal(headers["x-service-name"], `${path.replaceAll("/", "").slice(0, -1)}-service`);
    });
  }

  it("books through all three services", async () => {
    const user = JSON.parse(
      (await post("/users/", { name: "홍길동", email: "hong@example.com" })).body,
    ) as User;
    const movie = JSON.parse(
      (await post("/movies", { title: "어벤져스", genre: "액션", year: 2019 })).body,
    ) as Movie;
    const booked = await post("/bookings/", { userId: user.id, movieId: movie.id, seats: 2 });
    assert.equal(booked.status, 201);
    const listed = await ask(gateway, `/bookings/user/${user.id}`);
    assert.deepEqual(JSON.parse(listed.body), [JSON.parse(booked.body)]);
    assert.equal(booked.headers["location"], `/bookings/${(JSON.parse(booked.body) as User).id}`);
  });

  it("passes the services' own problems on as they are", async () => {
    const answer = await post("/bookings/", { userId: "nobody", movieId: "nothing", seats: 2 });
    assertProblem(answer, 422);
    assert.equal(answer.headers["x-service-name"], "booking-service");
    assertProblem(await ask(gateway, "/users/nobody"), 404);
    assertProblem(await ask(gateway, "/users/user-1", { method: "DELETE" }), 405);
    assertProblem(await post("/users/", { name: "Kim", email: "kim", admin: true }), 400);
  });

  it("passes query strings on", async () => {
    const { headers, body } = await ask(gateway, "/users/?limit=1");
    assert.equal((JSON.parse(body) as User[]).length, 1);
    assert.match(String(headers["link"]), /^<\?limit=1&after=/);
  });

  it("refuses 10 MB, told beforehand or not", async () => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ name: "x".repeat(10_000_000), email: "kim@example.com" });
    const chunks = body.match(/.{1,100000}/gs) ?? [];
    const told = { ...headers, "content-length": String(body.length) };
    assertProblem(await ask(gateway, "/users/", { method: "POST", headers: told, chunks }), 413);
    assertProblem(await ask(gateway, "/users/", { method: "POST", headers, chunks }), 413);
    assert.equal((await ask(gateway, "/users/")).status, 200);
  });

  it("serves the page, which loads nothing from elsewhere", async () => {
    const { headers, body } = await ask(gateway, "/");
    assert.match(String(headers["content-type"]), /^text\/html/);
    assert.match(String(headers["content-security-policy"]), /^default-src 'self';/);
    assert.ok(!/(?:src|href)="(?:https?:)?\/\//.test(body));
    for (const [, file] of body.matchAll(/(?:src|href)="([^"]+)"/g)) {
      assert.equal((await ask(gateway, `/${file}`)).status, 200, file);
    }
  });

  it("describes all routes in one OpenAPI document", async () => {
    const { paths } = JSON.parse((await ask(gateway, "/openapi.json")).body) as {
      paths: Record<string, object>;
    };
    assert.deepEqual(
      Object.entries(paths).map(([path, methods]) => [path, ...Object.keys(methods)]),
      [
        ["/users/", "get", "post"],
        ["/users/{id}", "get"],
        ["/movies/", "get", "post"],
        ["/movies/{id}", "get"],
        ["/bookings/", "get", "post"],
        ["/bookings/{id}", "get"],
        ["/bookings/user/{id}", "get"],
        ["/api/live", "get"],
        ["/api/events", "get"],
      ],
    );
  });

  for (const path of ["/api/topology", "/nothing", "/usersx", "/../package.json"]) {
    it(`has nothing at ${path}`, async () => assertProblem(await ask(gateway, path), 404));
  }

  for (const path of ["/users/%2e%2e%2fmovies", "/users/%2e%2e/movies/", "/users/../movies/"]) {
    it(`does not let ${path} out of its service`, async () => {
      const { status } = await ask(gateway, path);
      assert.ok(status === 400 || status === 404);
    });
  }
});

describe("the gateway before whatever", () => {
  let upstream: Server;
  let gateway: Service;
  let answer: RequestListener;
  let requests = 0;
  before(async () => {
    upstream = await listening((incoming, outgoing) => {
      requests += 1;
      answer(incoming, outgoing);
    });
    gateway = await gatewayTo(new URL(`http://127.0.0.1:${portOf(upstream)}`));
  });
  beforeEach(() => {
    requests = 0;
  });
  after(async () => {
    await gateway.close();
    upstream.close();
  });

  it("hands trace headers and the canary mark on, but nothing between neighbours", async () => {
    let seen: IncomingHttpHeaders = {};
    answer = (incoming, outgoing) => {
      seen = incoming.headers;
      outgoing.end("[]");
    };
    const headers = {
      traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      tracestate: "a=b",
      b3: "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
      "x-b3-traceid": "4bf92f3577b34da6a3ce929d0e0e4736",
      "x-request-id": "1",
      "x-canary": "true",
    };
    const hop = { te: "trailers", "keep-alive": "timeout=5", expect: "100-continue" };
    assert.equal((await ask(gateway, "/users/", { headers: { ...headers, ...hop } })).status, 200);
    for (const [name, value] of Object.entries(headers)) {
      assert.equal(seen[name], value, name);
    }
    assert.equal(seen["te"], undefined);
    assert.equal(seen["expect"], undefined);
    assert.equal(seen.host, `127.0.0.1:${portOf(upstream)}`);
  });

  it("gives writes a key by which they are known again, unless the client did", async () => {
    const keys: unknown[] = [];
    answer = (incoming, outgoing) => {
      keys.push(incoming.headers["idempotency-key"]);
      outgoing.end("{}");
    };
    await ask(gateway, "/users/");
    await ask(gateway, "/users/", { method: "POST" });
    await ask(gateway, "/users/", { method: "POST" });
    const own = { "idempotency-key": "8e03978e-40d5-43e8-bc93-6894a57f9324" };
    await ask(gateway, "/users/", { method: "POST", headers: own });
    const [read, first, second, clients] = keys;
    assert.equal(read, undefined);
    assert.match(String(first), /^[0-9a-f-]{36}$/);
    assert.match(String(second), /^[0-9a-f-]{36}$/);
    assert.notEqual(second, first);
    assert.equal(clients, own["idempotency-key"]);
  });

  it("keeps the client's connection when a service gives up its own", async () => {
    answer = (_incoming, outgoing) => outgoing.setHeader("connection", "close").end("[]");
    const { headers } = await ask(gateway, "/users/", { headers: { connection: "keep-alive" } });
    assert.equal(headers.connection, "keep-alive");
  });

  it("streams", async () => {
    let finish = (): void => undefined;
    answer = (_incoming, outgoing) => {
      outgoing.write("first");
      finish = () => outgoing.end("last");
    };
    const sent = request({ port: portOf(gateway.app.server), path: "/users/" }).end();
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const [chunk] = (await once(response, "data")) as [Buffer];
    assert.equal(chunk.toString(), "first", "before the service is done");
    finish();
    await once(response, "end");
  });

  for (const [status, text] of [
    [503, "no healthy upstream"],
    [504, "upstream request timeout"],
    [500, "fault filter abort"],
    [403, "RBAC: access denied"],
    [429, "local_rate_limited"],
  ] as const) {
    it(`tells the mesh's own ${status} as a problem, once, by the gateway's name`, async () => {
      answer = (_incoming, outgoing) =>
        outgoing.writeHead(status, { "content-type": "text/plain" }).end(text);
      const told = await ask(gateway, "/users/");
      assertProblem(told, status);
      assert.ok(!told.body.includes(text));
      assert.equal(told.headers["x-service-name"], "api-gateway");
      assert.equal(told.headers["retry-after"], status === 503 ? "1" : undefined);
      assert.equal(requests, 1);
    });
  }

  it("answers 504 when a service is silent", async () => {
    answer = () => undefined;
    assertProblem(await ask(gateway, "/users/"), 504);
  });

  it("answers 502 when a service breaks off, after it asked once more for a read only", async () => {
    answer = (incoming) => incoming.socket.destroy();
    assertProblem(await ask(gateway, "/users/"), 502);
    assert.equal(requests, 2);
    const headers = { "content-type": "application/json" };
    assertProblem(await ask(gateway, "/users/", { method: "POST", headers, chunks: ["{}"] }), 502);
    assert.equal(requests, 3);
  });

  it("answers 502 when a service breaks off within a small answer", async () => {
    answer = (incoming, outgoing) => {
      outgoing.writeHead(200, { "content-length": "10", "content-encoding": "br" }).write("[");
      setImmediate(() => incoming.socket.destroy());
    };
    const told = await ask(gateway, "/users/");
    assertProblem(told, 502);
    assert.equal(told.headers["content-encoding"], undefined);
  });

  it("passes answers of every size on, byte by byte, and their headers", async () => {
    for (const size of [0, 1, 65_536, 65_537, 1_000_000]) {
      const sent = "x".repeat(size);
      answer = (_incoming, outgoing) =>
        outgoing.writeHead(200, { "content-length": String(size), etag: '"1"' }).end(sent);
      const { body, headers } = await ask(gateway, "/users/");
      assert.ok(body === sent, `${size} bytes`);
      assert.equal(headers["content-length"], String(size));
      assert.equal(headers["etag"], '"1"');
    }
  });

  it("answers HEAD, and what has no body, without one", async () => {
    answer = (_incoming, outgoing) => outgoing.writeHead(200, { "content-length": "9" }).end();
    const head = await ask(gateway, "/users/", { method: "HEAD" });
    assert.equal(head.headers["content-length"], "9");
    answer = (_incoming, outgoing) => outgoing.writeHead(304, { etag: '"1"' }).end();
    assert.equal((await ask(gateway, "/users/")).status, 304);
    answer = (_incoming, outgoing) => outgoing.writeHead(204).end();
    assert.equal((await ask(gateway, "/users/")).status, 204);
  });

  it("answers 503 with Retry-After when nobody is there", async () => {
    const told = await ask(gateway, "/movies/");
    assertProblem(told, 503);
    assert.equal(told.headers["retry-after"], "1");
    assert.ok(!/ECONN|127\.0\.0\.1/.test(told.body));
  });

  it("ignores the body of a read", async () => {
    answer = (_incoming, outgoing) => outgoing.end("[]");
    const headers = { "content-type": "application/json", "transfer-encoding": "chunked" };
    assert.equal((await ask(gateway, "/users/", { headers, chunks: ["{}"] })).status, 200);
  });
});

describe("settings of the gateway", () => {
  const read = (variables: Record<string, string>) =>
    readGatewaySettings(new Environment(variables));

  it("find the services by their names in the mesh", () => {
    const { port, upstreams } = read({});
    assert.equal(port, 8080);
    assert.deepEqual(
      Object.values(upstreams).map(({ host }) => host),
      ["user-service:8081", "movie-service:8082", "booking-service:8083"],
    );
  });

  it("refuse what is no plain HTTP: the mesh encrypts", () => {
    assert.throws(() => read({ USER_SERVICE_URL: "https://user-service" }), /^Error: USER_SERVICE/);
  });
});
