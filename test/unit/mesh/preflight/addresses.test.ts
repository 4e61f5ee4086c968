import assert from "node:assert/strict";
import fc from "fast-check";
import { contains, hostOf, isCidr, isPrivate, overlap } from "../../../../mesh/preflight/addresses";

describe("addresses", () => {
  it("finds an address in its range, of either family", () => {
    assert(contains("10.96.0.0/12", "10.100.3.4"));
    assert(!contains("10.96.0.0/12", "10.112.0.1"));
    assert(contains("fd00::/8", "fd12::1"));
    assert(!contains("10.96.0.0/12", "fd12::1"));
    assert(!contains("10.96.0.0/12", "api.example.com"));
  });

  it("knows ranges from other texts", () => {
    assert(isCidr("10.0.0.0/8") && isCidr("::/0"));
    for (const text of ["", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/x"]) {
      assert(!isCidr(text), text);
    }
  });

  it("calls private what nobody outside reaches", () => {
    for (const address of ["10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "fd00::1"]) {
      assert(isPrivate(address), address);
    }
    for (const address of ["172.32.0.1", "198.18.0.1", "203.0.113.7", "2001:db8::1", "localhost"]) {
      assert(!isPrivate(address), address);
    }
  });

  it("takes a URL's host without brackets and port", () => {
    assert.equal(hostOf("https://[fd00::1]:6443"), "fd00::1");
    assert.equal(hostOf("https://api.example.com:6443/path"), "api.example.com");
  });

  it("finds two ranges to overlap exactly when some address is in both", () => {
    const cidr = fc
      .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
      .map(([last, bits]) => `10.0.0.${last & ~((1 << (32 - bits)) - 1)}/${bits}`);
    const addresses = Array.from({ length: 16 }, (_, last) => `10.0.0.${last}`);
    fc.assert(
      fc.property(cidr, cidr, (one, other) => {
        const shared = addresses.some(
          (address) => contains(one, address) && contains(other, address),
        );
        assert.equal(overlap(one, other), shared);
        assert.equal(overlap(other, one), shared);
      }),
    );
  });
});
