import assert from "node:assert/strict";
import { lastError, outcomeOf } from "../../../../../mesh/check/gather/reach";

const output = (error: string): string =>
  [
    "2026-11-21T08:09:18.367261Z\tinfo\tWaiting for Envoy proxy to be ready (timeout: 1 seconds)...",
    `Error: timeout waiting for Envoy proxy to become ready. Last error: ${error}`,
    "2026-11-21T08:09:19.367800Z\terror\ttimeout waiting",
  ].join("\n");

describe("what pilot-agent says of an address", () => {
  const get = 'Get "https://198.18.102.11:15443/": ';
  const cases: [string, string, string][] = [
    [
      `${get}read tcp 10.110.0.11:34502->198.18.102.11:15443: read: connection reset by peer`,
      "passthrough",
      "read tcp 10.110.0.11:34502->198.18.102.11:15443: read: connection reset by peer",
    ],
    [`${get}EOF`, "passthrough", "EOF"],
    [`${get}unexpected EOF`, "passthrough", "unexpected EOF"],
    [
      `${get}dial tcp 198.18.102.11:15443: connect: connection refused`,
      "refused",
      "dial tcp 198.18.102.11:15443: connect: connection refused",
    ],
    [
      `${get}context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      "silent",
      "context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
    ],
    [`${get}net/http: TLS handshake timeout`, "silent", "net/http: TLS handshake timeout"],
    [
      `${get}dial tcp: lookup lb.example on 10.160.0.10:53: no such host`,
      "unresolved",
      "dial tcp: lookup lb.example on 10.160.0.10:53: no such host",
    ],
    [
      `${get}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
      "answered",
      "tls: failed to verify certificate: x509: certificate signed by unknown authority",
    ],
    [
      `${get}http: server gave HTTP response to HTTPS client`,
      "answered",
      "http: server gave HTTP response to HTTPS client",
    ],
    ["HTTP status code 404", "answered", "HTTP status code 404"],
    ["<nil>", "unknown", "<nil>"],
  ];
  for (const [error, outcome, said] of cases) {
    it(`means ${outcome} by ${said}`, () => {
      assert.equal(lastError(output(error)), said);
      assert.equal(outcomeOf(said), outcome);
    });
  }

  it("is its last line where it says something else", () =>
    assert.equal(lastError("Error: unknown flag\nusage"), "usage"));
});
