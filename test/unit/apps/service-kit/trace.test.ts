import assert from "node:assert/strict";
import { forwardedHeaders, traceIdOf } from "@istio-multicloud/service-kit";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

describe("trace headers", () => {
  it("are handed on, with the canary mark, and nothing else is", () => {
    assert.deepEqual(
      forwardedHeaders({
        traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
        "x-b3-traceid": TRACE,
        "x-request-id": "1",
        "x-canary": "true",
        cookie: "secret",
        authorization: "secret",
      }),
      {
        traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
        "x-b3-traceid": TRACE,
        "x-request-id": "1",
        "x-canary": "true",
      },
    );
  });

  for (const [name, headers, expected] of [
    ["traceparent", { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` }, TRACE],
    ["b3", { b3: `${TRACE}-00f067aa0ba902b7-1` }, TRACE],
    ["x-b3-traceid", { "x-b3-traceid": "a3ce929d0e0e4736" }, "a3ce929d0e0e4736"],
    ["a forged traceparent", { traceparent: 'x"}\n{"level":60' }, undefined],
    ["no header", {}, undefined],
  ] as const) {
    it(`give the trace id of ${name}`, () => assert.equal(traceIdOf(headers), expected));
  }
});
