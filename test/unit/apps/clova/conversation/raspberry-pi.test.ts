import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import {
  RaspberryPi,
  RaspberryPiError,
} from "../../../../../apps/clova/src/conversation/raspberry-pi";
import { close, listen } from "../support";

describe("a Raspberry Pi", () => {
  const open: (() => Promise<void>)[] = [];
  const start = async (
    listener: RequestListener,
    path = "",
    timeout = 600,
  ): Promise<RaspberryPi> => {
    const { url, server } = await listen(listener);
    open.push(() => close(server));
    return new RaspberryPi(new URL(`${url}${path}`), timeout);
  };
  afterEach(() => Promise.all(open.splice(0).map((end) => end())));
  const call = (signal = new AbortController().signal) => ({
    signal,
    headers: { traceparent: "00-1-2-01" },
  });

  for (const path of ["", "/", "/pi", "/pi/"]) {
    it(`is asked below its URL, with the trace's headers: "${path}"`, async () => {
      const asked: string[] = [];
      const pi = await start(({ method, url, headers }, response) => {
        asked.push(`${method} ${url} ${headers["traceparent"] as string}`);
        response.end("21.5\n");
      }, path);
      await pi.turnOn(call());
      await pi.turnOff(call());
      assert.equal(await pi.temperature(call()), 21.5);
      const base = path.replace(/\/$/, "");
      assert.deepEqual(asked, [
        `POST ${base}/on 00-1-2-01`,
        `POST ${base}/off 00-1-2-01`,
        `GET ${base}/temperature 00-1-2-01`,
      ]);
    });
  }

  const cases: [string, RequestListener, RegExp][] = [
    ["an error", (_request, response) => response.writeHead(500).end(), /status 500/],
    [
      "a redirect",
      (_request, response) => response.writeHead(302, { location: "/" }).end(),
      /TypeError/,
    ],
    ["no temperature", (_request, response) => response.end('"warm"'), /no temperature/],
    ["a temperature in a page", (_request, response) => response.end("<p>21"), /no temperature/],
    ["far too much", (_request, response) => response.end("1".repeat(1e6)), /more than 1024/],
    ["a hang-up", (request) => request.socket.destroy(), /TypeError/],
  ];
  for (const [what, listener, sentence] of cases) {
    it(`has no temperature when it answers ${what}`, async () => {
      const pi = await start(listener);
      await assert.rejects(
        pi.temperature(call()),
        (error) => error instanceof RaspberryPiError && sentence.test(error.message),
      );
    });
  }

  it("has no temperature when it answers nothing in time", async () => {
    const pi = await start(() => undefined, "", 50);
    await assert.rejects(
      pi.temperature(call()),
      (error) => error instanceof RaspberryPiError && /TimeoutError/.test(error.message),
    );
  });

  it("is left alone when nobody waits any more", async () => {
    const controller = new AbortController();
    const pi = await start(() => controller.abort());
    await assert.rejects(pi.turnOn(call(controller.signal)), RaspberryPiError);
  });
});
