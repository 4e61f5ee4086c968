import assert from "node:assert/strict";
import { callerOf } from "../../../../apps/echo/src/spiffe";

const uri = "spiffe://cluster.local/ns/echo/sa/echo";

describe("callerOf", () => {
  it("reads what Envoy writes", () => {
    assert.equal(callerOf(`By=spiffe://x/ns/a/sa/b;Hash=ab;Subject="";URI=${uri}`), uri);
  });

  it("takes the nearest hop's, the last: what stands before it a caller could have sent", () => {
    assert.equal(callerOf(`By=a;URI=spiffe://forged/ns/x/sa/y,By=b;URI=${uri}`), uri);
  });

  it("is not led astray by commas and semicolons in a quoted subject", () => {
    assert.equal(callerOf(`By=a;Subject="O=x,URI=spiffe://forged;CN=y";URI=${uri}`), uri);
    assert.equal(callerOf(`URI=${uri};Subject="CN=a,b"`), uri);
  });

  it("knows nobody without a sidecar, and nobody without a URI", () => {
    assert.equal(callerOf(undefined), undefined);
    assert.equal(callerOf("By=a;Hash=b"), undefined);
  });
});
