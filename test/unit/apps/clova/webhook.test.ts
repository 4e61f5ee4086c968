import assert from "node:assert/strict";
import fc from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import { PHRASES } from "../../../../apps/clova/src/conversation/phrases";
import type { ResponseMessage } from "../../../../apps/clova/src/protocol/response";
import { sign } from "../../../../apps/clova/src/signature/sign";
import { cekKeys, otherKeys } from "./keys";
import {
  assertComplete,
  close,
  clova,
  editable,
  fixture,
  FIXTURES,
  listen,
  NOW,
  post,
  postSigned,
  spoken,
  type Clova,
} from "./support";

const keys = cekKeys();
const KEY = { CLOVA_PUBLIC_KEY: keys.pem };

type Answer = Awaited<ReturnType<typeof post>>;

/** A refusal that tells whoever sent the request what is wrong, and nothing of our insides. */
function assertRefused(answer: Answer, status: number, detail?: RegExp): void {
  assert.equal(answer.statusCode, status, answer.body);
  assert.equal(answer.headers["content-type"], "application/problem+json");
  const problem = answer.json<Record<string, unknown>>();
  assert.equal(problem["status"], status);
  assert.match(String(problem["detail"]), detail ?? /./);
  assert.doesNotMatch(answer.body, /\n +at |\\n +at |node_modules|\.ts|Error|stack|V0qe|K9xz/);
}

/** A Raspberry Pi that counts what it is told. */
async function raspberryPi() {
  const told: string[] = [];
  const { url, server } = await listen(({ url: path = "" }, response) => {
    told.push(path);
    response.end("20");
  });
  return { told, url, server };
}

const intent = (name: string, changes: Record<string, unknown> = {}) => {
  const message = editable("intent");
  message.request["intent"] = { name, slots: {} };
  Object.assign(message.session, changes);
  return message;
};

describe("POST / of the Clova extension", () => {
  const running: { close(): Promise<void> }[] = [];
  const start = async (...args: Parameters<typeof clova>): Promise<Clova> => {
    const service = await clova(...args);
    running.push(service);
    return service;
  };
  const startRaspberryPi = async () => {
    const pi = await raspberryPi();
    running.push({ close: () => close(pi.server) });
    return pi;
  };
  afterEach(() => Promise.all(running.splice(0).map((one) => one.close())));

  it("answers every recorded request completely", async () => {
    const service = await start(KEY);
    for (const name of FIXTURES) {
      const answer = await postSigned(service, fixture(name), keys);
      assert.equal(answer.statusCode, 200, name);
      assert.equal(answer.headers["content-type"], "application/json; charset=utf-8");
      assertComplete(answer.json());
    }
  });

  it("takes the content type as CEK writes it, and as it should be written", async () => {
    const service = await start(KEY);
    const body = fixture("launch");
    const SignatureCEK = sign(body, keys.privateKey);
    for (const type of [
      "application/json;charset-UTF-8",
      "application/json; charset=utf-8",
      "application/json;charset=UTF-8",
      "Application/JSON",
    ]) {
      const answer = await post(service, body, { SignatureCEK, "content-type": type });
      assert.equal(answer.statusCode, 200, type);
    }
  });

  it("refuses a body without a signature, or with another one's", async () => {
    const service = await start(KEY);
    const body = fixture("launch");
    const other = sign(body, otherKeys().privateKey);
    const headers: Record<string, string>[] = [
      {},
      { SignatureCEK: "" },
      { SignatureCEK: "not base64!" },
      { SignatureCEK: "AAAA" },
      { SignatureCEK: other },
      { SignatureCEK: sign(fixture("intent"), keys.privateKey) },
      { "x-signature": sign(body, keys.privateKey) },
    ];
    for (const one of headers) {
      const answer = await post(service, body, one);
      assertRefused(answer, 401, /SignatureCEK/);
      assert.equal(answer.headers["www-authenticate"], "SignatureCEK");
    }
    assertRefused(await post(service, "", { SignatureCEK: other }), 401);
  });

  it("refuses a request with any field changed, and does nothing of it", async () => {
    const pi = await startRaspberryPi();
    const service = await start({ ...KEY, RASPBERRY_PI_URL: pi.url });
    const original = intent("TurnOnRaspberryPi");
    const SignatureCEK = sign(Buffer.from(JSON.stringify(original)), keys.privateKey);
    let tried = 0;
    for (const [parent, key] of fieldsOf(original)) {
      const before = parent[key];
      for (const value of [null, "other", [], undefined]) {
        parent[key] = value;
        assertRefused(await post(service, JSON.stringify(original), { SignatureCEK }), 401);
        tried++;
      }
      parent[key] = before;
    }
    assert.ok(tried > 100);
    assert.deepEqual(pi.told, []);
    assert.equal((await post(service, JSON.stringify(original), { SignatureCEK })).statusCode, 200);
    assert.deepEqual(pi.told, ["/on"]);
  });

  it("refuses a body with any byte changed, added or left out", async () => {
    const service = await start({ ...KEY, CLOVA_RATE_LIMIT: "1000000" });
    const body = fixture("intent-with-slots");
    const SignatureCEK = sign(body, keys.privateKey);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(body.length - 1),
        fc.nat(1),
        fc.uint8Array({ maxLength: 2 }),
        async (at, left, added) => {
          const changed = Buffer.concat([body.subarray(0, at), added, body.subarray(at + left)]);
          fc.pre(!changed.equals(body));
          assertRefused(await post(service, changed, { SignatureCEK }), 401);
        },
      ),
    );
  });

  it("refuses other extensions' requests, though CEK signs them too", async () => {
    const service = await start(KEY);
    const message = editable("launch");
    for (const id of ["com.example.other", "", "COM.EXAMPLE.EXTENSION.MRDEBUGGER"]) {
      message.context.System.application.applicationId = id;
      assertRefused(await postSigned(service, message, keys), 403, /another extension/);
    }
  });

  it("answers for each of several extensions", async () => {
    const service = await start({ ...KEY, CLOVA_APPLICATION_IDS: "com.example.a,com.example.b" });
    const message = editable("launch");
    message.context.System.application.applicationId = "com.example.b";
    assert.equal((await postSigned(service, message, keys)).statusCode, 200);
  });

  const unreadable: [string, Buffer, RegExp][] = [
    ["no JSON", Buffer.from('{"version": '), /not valid JSON/],
    ["nothing", Buffer.alloc(0), /not valid JSON/],
    ["no UTF-8", Buffer.from('{"version":"\u00e9"}', "latin1"), /not UTF-8/],
    ["deep JSON", Buffer.from("[".repeat(5000) + "]".repeat(5000)), /deeper/],
    ["a list", Buffer.from("[]"), /no message/],
    ["an empty object", Buffer.from("{}"), /no message/],
    [
      "an unknown type of request",
      Buffer.from(JSON.stringify({ ...editable("launch"), request: { type: "WishRequest" } })),
      /no message/,
    ],
  ];
  for (const [what, body, detail] of unreadable) {
    it(`refuses ${what}, even when signed`, async () => {
      assertRefused(await postSigned(await start(KEY), body, keys), 400, detail);
    });
  }

  it("refuses more than the body limit, before it asks for a signature", async () => {
    const service = await start({ ...KEY, CLOVA_BODY_LIMIT_BYTES: "4096" });
    const message = editable("launch");
    message.session["sessionAttributes"] = { padding: "a".repeat(4096) };
    assertRefused(await postSigned(service, message, keys), 413);
    assertRefused(await post(service, Buffer.alloc(10_000_000)), 413);
  });

  it("refuses other content types, methods and paths", async () => {
    const service = await start(KEY);
    for (const type of ["text/plain", "application/xml", "text/json", "application/jsonx", "a"]) {
      const answer = await post(service, fixture("launch"), { "content-type": type });
      assertRefused(answer, 415);
    }
    assertRefused(await service.app.inject({ method: "GET", url: "/" }), 405);
    assertRefused(await service.app.inject({ method: "POST", url: "/other", body: {} }), 404);
  });

  it("limits how often an address may ask, but not others, nor /health", async () => {
    const service = await start({ ...KEY, CLOVA_RATE_LIMIT: "3" });
    const from = (address: string) =>
      post(service, "{}", { "x-forwarded-for": `198.51.100.1, ${address}` });
    for (let asked = 0; asked < 3; asked++) {
      assertRefused(await from("203.0.113.7"), 401);
    }
    const limited = await from("203.0.113.7");
    assertRefused(limited, 429, /too many/);
    assert.ok(Number(limited.headers["retry-after"]) > 0);
    assertRefused(await from("203.0.113.8"), 401);
    for (let asked = 0; asked < 10; asked++) {
      assert.equal((await service.app.inject("/health")).statusCode, 200);
    }
  });

  it("apologises in time when the Raspberry Pi takes too long", async () => {
    const { url, server } = await listen(() => undefined);
    running.push({ close: () => close(server) });
    const service = await start({
      ...KEY,
      RASPBERRY_PI_URL: url,
      CLOVA_DEADLINE_MILLISECONDS: "500",
    });
    const asked = performance.now();
    const answer = await postSigned(service, intent("TurnOnRaspberryPi"), keys);
    assert.ok(performance.now() - asked < 2000);
    const message = answer.json<ResponseMessage>();
    assertComplete(message);
    assert.equal(spoken(message), PHRASES.apology);
  });

  it("apologises when something of ours fails", async () => {
    const service = await start(KEY, {
      random: () => {
        throw new Error("no dice");
      },
    });
    const answer = await postSigned(service, fixture("launch"), keys);
    assert.equal(answer.statusCode, 200);
    assert.equal(spoken(answer.json()), PHRASES.apology);
    assert.doesNotMatch(answer.body, /dice/);
  });

  it("does once what comes twice, and gives the same answer", async () => {
    const pi = await startRaspberryPi();
    const service = await start({ ...KEY, RASPBERRY_PI_URL: pi.url });
    const once = intent("TurnOnRaspberryPi", { new: true });
    const answers = await Promise.all([1, 2, 3].map(() => postSigned(service, once, keys)));
    assert.equal(new Set(answers.map(({ body }) => body)).size, 1);
    assert.deepEqual(pi.told, ["/on"]);
    await postSigned(service, intent("TurnOnRaspberryPi", { new: true, sessionId: "b" }), keys);
    assert.deepEqual(pi.told, ["/on", "/on"]);
  });

  it("does again what a user may have said again", async () => {
    const pi = await startRaspberryPi();
    const service = await start({ ...KEY, RASPBERRY_PI_URL: pi.url });
    for (let said = 0; said < 2; said++) {
      await postSigned(service, intent("TurnOnRaspberryPi"), keys);
    }
    assert.deepEqual(pi.told, ["/on", "/on"]);
  });

  it("goes on with a session by what it said before, and refuses to do so much later", async () => {
    let now = NOW;
    const service = await start(KEY, { now: () => now });
    const first = (await postSigned(service, fixture("launch"), keys)).json<ResponseMessage>();
    const next = intent("AnotherTipRequested", { sessionAttributes: first.sessionAttributes });
    const second = await postSigned(service, next, keys);
    assert.notEqual(spoken(second.json()), spoken(first).split("\n")[1]);
    now = new Date(NOW.getTime() + 601_000);
    assertRefused(await postSigned(service, next, keys), 409, /too old/);
  });

  it("refuses events of long ago, unless told not to look", async () => {
    const now = () => new Date("2017-09-05T05:52:00Z");
    assertRefused(await postSigned(await start(KEY, { now }), fixture("event"), keys), 409);
    const lenient = await start({ ...KEY, CLOVA_REPLAY_SECONDS: "0" }, { now });
    assert.equal((await postSigned(lenient, fixture("event"), keys)).statusCode, 200);
  });

  it("does not ask for the key anew for every forgery", async () => {
    const forger = otherKeys();
    let asked = 0;
    const { url, server } = await listen((_request, response) => {
      asked++;
      response.end(keys.pem);
    });
    running.push({ close: () => close(server) });
    const service = await start({ CLOVA_PUBLIC_KEY_URL: url });
    assert.equal((await postSigned(service, fixture("launch"), keys)).statusCode, 200);
    for (let forged = 0; forged < 20; forged++) {
      assertRefused(await postSigned(service, fixture("launch"), forger), 401);
    }
    assert.equal(asked, 1);
  });

  it("answers 503 without a key, is not ready, and recovers by itself", async () => {
    let up = false;
    const { url, server } = await listen((_request, response) => {
      response.writeHead(up ? 200 : 503).end(keys.pem);
    });
    running.push({ close: () => close(server) });
    let later = 0;
    const service = await start(
      { CLOVA_PUBLIC_KEY_URL: url },
      { elapsed: () => performance.now() + later },
    );
    const { app, management } = service;
    const signed = await postSigned(service, fixture("launch"), keys);
    assertRefused(signed, 503, /no key yet/);
    assert.equal(signed.headers["retry-after"], "5");
    assertRefused(await post(service, fixture("launch")), 401);
    assertRefused(await app.inject("/health"), 503);
    assert.equal((await management.inject("/readyz")).statusCode, 503);
    assert.equal((await management.inject("/livez")).statusCode, 200);
    up = true;
    later = 1000;
    const deadline = performance.now() + 10_000;
    while ((await management.inject("/readyz")).statusCode !== 200) {
      assert.ok(performance.now() < deadline);
      await sleep(5);
    }
    const health = await app.inject("/health");
    assert.equal(health.statusCode, 200);
    assert.equal(health.body, "OK\n");
    assert.equal((await postSigned(service, fixture("launch"), keys)).statusCode, 200);
  });

  it("answers or refuses whatever is signed, without an error of its own", async () => {
    const service = await start({ ...KEY, CLOVA_RATE_LIMIT: "1000000" });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FIXTURES),
        fc.dictionary(fc.constantFrom("version", "session", "context", "request"), fc.jsonValue()),
        async (name, changes) => {
          const answer = await postSigned(service, { ...editable(name), ...changes }, keys);
          assert.ok([200, 400, 403, 409].includes(answer.statusCode), answer.body);
          if (answer.statusCode !== 200) {
            assertRefused(answer, answer.statusCode);
          }
        },
      ),
    );
  });
});

/** Every field of a message, however deep, by its parent and key. */
function fieldsOf(value: object): [Record<string, unknown>, string][] {
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => {
    const child = parent[key];
    const nested = typeof child === "object" && child !== null ? fieldsOf(child) : [];
    return [[parent, key] as [Record<string, unknown>, string], ...nested];
  });
}
