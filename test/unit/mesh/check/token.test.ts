import assert from "node:assert/strict";
import { tokenExpiry } from "../../../../mesh/check/token";
import { kubeconfig } from "../../../support/config";

const jwt = (payload: object): string =>
  ["e30", Buffer.from(JSON.stringify(payload)).toString("base64url"), "x"].join(".");
const withToken = (token: string): string => kubeconfig("https://192.0.2.1:6443", { token });

describe("tokenExpiry", () => {
  it("reads when a token ends", () =>
    assert.deepEqual(
      tokenExpiry(withToken(jwt({ exp: 1_800_000_000 }))),
      new Date(1_800_000_000_000),
    ));

  it("knows that others don't end by themselves", () => {
    assert.equal(tokenExpiry(withToken(jwt({ sub: "reader" }))), undefined);
    assert.equal(tokenExpiry(withToken("opaque")), undefined);
    assert.equal(
      tokenExpiry(kubeconfig("https://192.0.2.1:6443", { "client-key-data": "x" })),
      undefined,
    );
    assert.equal(tokenExpiry("nonsense"), undefined);
  });
});
