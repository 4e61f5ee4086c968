import assert from "node:assert/strict";
import { judgeHandshake } from "../../../../../mesh/preflight/checks/peer-api-server";
import { said, viewOf } from "../../../../support/preflight";

const server = "https://203.0.113.7:6443";

describe("preflight: peer-api-server", () => {
  const cases = [
    [
      { result: "verified" },
      `ok: ${server} answers this machine with a certificate of its cluster; from inside ncloud only npm run mesh -- check proves it.`,
    ],
    [
      { result: "untrusted", reason: "Hostname/IP does not match" },
      `error: ${server} shows a certificate that ncloud's istiod will not take for nhn's: Hostname/IP does not match.`,
    ],
    [
      { result: "unreachable", reason: "no answer within 5 s" },
      `warning: ${server} doesn't answer this machine: no answer within 5 s.`,
    ],
  ] as const;
  for (const [handshake, expected] of cases) {
    it(`judges a handshake that is ${handshake.result}`, () =>
      assert.deepEqual(said(judgeHandshake({ server, handshake }, viewOf("managed"))), [expected]));
  }
});
