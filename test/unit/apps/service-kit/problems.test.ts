import assert from "node:assert/strict";
import { connect } from "node:net";
import { Problem, type Service } from "@istio-multicloud/service-kit";
import { testService } from "./support";

const schema = {
  body: {
    type: "object",
    additionalProperties: false,
    required: ["name"],
    properties: { name: { type: "string", minLength: 1 }, "a/b": { type: "integer" } },
  },
};

describe("errors of a service", () => {
  let service: Service;
  before(async () => {
    service = await testService(
      (app) => {
        app.post("/things/", { schema }, () => ({ ok: true }));
        app.get("/things/:id", () => {
          throw new Problem(409, { detail: "Taken.", extensions: { taken: ["A1"] } });
        });
        app.get("/broken", () => {
          throw new Error("password=hunter2");
        });
      },
      { bodyLimit: 1000 },
    );
  });
  after(() => service.close());

  const post = (payload: string, contentType = "application/json") =>
    service.app.inject({
      method: "POST",
      url: "/things",
      headers: { "content-type": contentType },
      payload,
    });

  it("are answered as problem+json with their own members", async () => {
    const answer = await service.app.inject("/things/1");
    assert.equal(answer.headers["content-type"], "application/problem+json");
    assert.deepEqual(answer.json(), {
      type: "about:blank",
      title: "Conflict",
      status: 409,
      detail: "Taken.",
      taken: ["A1"],
    });
  });

  it("say nothing of what went wrong inside", async () => {
    const answer = await service.app.inject("/broken");
    assert.deepEqual(answer.json(), {
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
    });
  });

  for (const [what, body, status] of [
    ["malformed JSON", "{", 400],
    ["an empty body", "", 400],
    ["a body above the limit", JSON.stringify({ name: "x".repeat(1000) }), 413],
    ["__proto__", '{"name":"x","__proto__":{"admin":true}}', 400],
  ] as const) {
    it(`answer ${what} with ${status}`, async () => {
      const answer = await post(body);
      assert.equal(answer.statusCode, status);
      assert.equal(answer.headers["content-type"], "application/problem+json");
      assert.equal(answer.json<{ status: number }>().status, status);
    });
  }

  for (const type of ["text/plain", "application/x-www-form-urlencoded", "nonsense"]) {
    it(`answer ${type} with 415`, async () => {
      assert.equal((await post("{}", type)).statusCode, 415);
    });
  }

  it("name every wrong field of a body, also unknown ones", async () => {
    const answer = await post('{"a/b":"1","\\ud800~":1}');
    assert.equal(answer.statusCode, 400);
    const { errors } = answer.json<{ errors: { pointer: string }[] }>();
    assert.deepEqual(errors.map(({ pointer }) => pointer).sort(), [
      "#/%EF%BF%BD~0",
      "#/a~1b",
      "#/name",
    ]);
  });

  it("tell an unknown path from an unknown method", async () => {
    assert.equal((await service.app.inject("/nothing")).statusCode, 404);
    const answer = await service.app.inject({ method: "DELETE", url: "/things/1/" });
    assert.equal(answer.statusCode, 405);
    assert.equal(answer.headers["allow"], "GET, HEAD");
  });

  it("answer an impossible path with 400", async () => {
    const answer = await service.app.inject("/things/%ff");
    assert.equal(answer.statusCode, 400);
    assert.equal(answer.headers["content-type"], "application/problem+json");
  });

  it("answer what is no HTTP as problem+json too", async () => {
    const address = await service.app.listen({ host: "127.0.0.1", port: 0 });
    const text = await new Promise<string>((resolve, reject) => {
      let received = "";
      connect(Number(new URL(address).port), "127.0.0.1")
        .on("data", (chunk) => (received += chunk.toString()))
        .on("end", () => resolve(received))
        .on("error", reject)
        .end("nonsense\r\n\r\n");
    });
    assert.match(text, /^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
  });
});
