import assert from "node:assert/strict";
import { clientAddress } from "../../../../apps/clova/src/client-address";

describe("a client's address", () => {
  it("is what the gateway appended, not what the client claims", () => {
    assert.equal(clientAddress("1.1.1.1, 203.0.113.7", "127.0.0.6"), "203.0.113.7");
    assert.equal(clientAddress(["1.1.1.1", "203.0.113.7 "], "127.0.0.6"), "203.0.113.7");
  });

  it("is the connection's where no gateway said anything that makes sense", () => {
    for (const header of [undefined, "", "unknown", "1.1.1.1,", "1.1.1.1, <script>"]) {
      assert.equal(clientAddress(header, "127.0.0.6"), "127.0.0.6");
    }
  });

  it("is a whole network with IPv6, where one client has as many addresses as it likes", () => {
    const one = clientAddress("2001:db8:1:2::1", "127.0.0.6");
    assert.equal(clientAddress("2001:db8:1:2:ffff::2", "127.0.0.6"), one);
    assert.notEqual(clientAddress("2001:db8:1:3::1", "127.0.0.6"), one);
    assert.equal(clientAddress("::ffff:203.0.113.7", "127.0.0.6"), "203.0.113.7");
  });
});
