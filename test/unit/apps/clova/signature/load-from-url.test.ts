import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { loadFromUrl, redirected } from "../../../../../apps/clova/src/signature/load-from-url";
import { cekKeys } from "../keys";
import { close, listen } from "../support";

const { pem } = cekKeys();
const TIMEOUT = 300;

describe("keys from a URL", () => {
  const open: (() => Promise<void>)[] = [];
  const loader = async (listener: RequestListener, path = "/key.pem", timeout = TIMEOUT) => {
    const { url, server } = await listen(listener);
    open.push(() => close(server));
    return loadFromUrl(new URL(path, url), timeout);
  };
  afterEach(() => Promise.all(open.splice(0).map((end) => end())));

  it("are loaded again only when they changed, by entity tag", async () => {
    const asked: (string | undefined)[] = [];
    let etag = '"1"';
    const load = await loader((request, response) => {
      asked.push(request.headers["if-none-match"]);
      if (request.headers["if-none-match"] === etag) {
        response.writeHead(304).end();
      } else {
        response.writeHead(200, { etag }).end(pem);
      }
    });
    const first = await load(undefined);
    assert.equal(await load(first), first);
    etag = '"2"';
    const second = await load(first);
    assert.equal(second.keys, first.keys);
    assert.equal(second.etag, '"2"');
    assert.deepEqual(asked, [undefined, '"1"', '"1"']);
  });

  it("are found behind a few redirects, and not behind a circle of them", async () => {
    const load = await loader((request, response) => {
      const step = Number(request.url?.slice(1));
      if (step === 0) {
        response.end(pem);
      } else {
        response.writeHead(302, { location: `/${step - 1}` }).end();
      }
    }, "/3");
    assert.equal((await load(undefined)).keys.length, 1);
    const circle = await loader((_request, response) =>
      response.writeHead(302, { location: "/" }).end(),
    );
    await assert.rejects(circle(undefined), { message: /redirects more than 3 times/ });
  });

  const cases: [string, RequestListener, RegExp][] = [
    ["an error", (_request, response) => response.writeHead(500).end("oops"), /status 500/],
    [
      "nothing new without anything old",
      (_request, response) => response.writeHead(304).end(),
      /status 304/,
    ],
    ["something else", (_request, response) => response.end("<html>"), /0 public keys/],
    [
      "more than any key",
      (_request, response) => response.end(Buffer.alloc(100_000, "A")),
      /more than 65536 bytes/,
    ],
    [
      "half a key and then nothing",
      (_request, response) => void response.writeHead(200).write(pem.slice(0, 50)),
      /timeout/,
    ],
    ["a hang-up", (request) => request.socket.destroy(), /UND_ERR_SOCKET/],
    [
      "a redirect to nowhere",
      (_request, response) => response.writeHead(302, { location: "http://[" }).end(),
      /no URL/,
    ],
  ];
  for (const [what, listener, sentence] of cases) {
    it(`are not there when it answers ${what}`, async () => {
      const load = await loader(listener);
      await assert.rejects(load(undefined), { message: sentence });
    });
  }

  it("are not there when it answers nothing in time", async () => {
    const load = await loader(() => undefined, "/key.pem", 50);
    await assert.rejects(load(undefined), { message: /TimeoutError/ });
  });

  it("come by HTTPS all the way, if they come by HTTPS at all", () => {
    const from = new URL("https://clova.example/a/key.pem");
    assert.equal(redirected(from, "../b.pem").href, "https://clova.example/b.pem");
    assert.equal(redirected(from, "https://other.example/").href, "https://other.example/");
    for (const location of ["http://clova.example/a/key.pem", "data:,key", "file:///etc/key"]) {
      assert.throws(() => redirected(from, location), { message: /away from HTTPS/ });
    }
    const plain = new URL("http://clova.example/");
    assert.equal(redirected(plain, "https://clova.example/").href, "https://clova.example/");
  });

  it("are not there when nobody listens", async () => {
    const { url, server } = await listen(() => undefined);
    await close(server);
    const load = loadFromUrl(new URL(url), TIMEOUT);
    await assert.rejects(load(undefined), { message: /ECONNREFUSED/ });
  });
});
