import assert from "node:assert/strict";
import fc from "fast-check";
import { ConfigError } from "../../../config/errors";
import { checkHost, reservedEnding } from "../../../config/host-name";

const key = "mesh:clova.host";
const message = (host: string): string => {
  try {
    checkHost(host, key);
    return "";
  } catch (error) {
    assert(error instanceof ConfigError);
    assert.equal(error.exitCode, 2);
    return error.message;
  }
};

describe("a public host", () => {
  it("may be any full DNS name", () => {
    for (const host of [
      "clova.example.com",
      "example.com",
      "a.b.c.d.example",
      "xn--3e0b707e.kr",
      "1.example.com",
      `${"a".repeat(63)}.example.com`,
    ]) {
      assert.equal(message(host), "", host);
    }
  });

  it("may not be a wildcard: HTTP-01 proves none, and the message says what does", () => {
    assert.equal(
      message("*.example.com"),
      'mesh:clova.host must be one DNS name, got "*.example.com": HTTP-01 cannot prove a wildcard, write every host by itself, or take a certificate by DNS-01 as docs/https.md says',
    );
  });

  const refused: [string, RegExp][] = [
    ["", /a full DNS name/],
    ["localhost", /a full DNS name/],
    ["-a.example.com", /a full DNS name/],
    ["a..com", /a full DNS name/],
    ["a.example.com.", /a full DNS name/],
    ["clova_1.example.com", /a full DNS name/],
    ["클로바.kr", /punycode/],
    [`${"a".repeat(64)}.com`, /a full DNS name/],
    [`${"abc.".repeat(64)}com`, /a full DNS name/],
    ["203.0.113.7", /create a DNS record/],
    ["2001:db8::1", /create a DNS record/],
    ["https://clova.example.com", /leave out the scheme/],
    ["clova.example.com/x", /leave out the scheme/],
    ["clova.example.com:443", /leave out the scheme/],
    ["Clova.Example.com", /write clova\.example\.com/],
  ];
  for (const [host, expected] of refused) {
    it(`may not be ${JSON.stringify(host.slice(0, 40))}`, () => {
      assert.match(message(host), expected);
      assert.doesNotMatch(message(host), /\n/);
    });
  }

  it("is accepted only where a resolver could look it up (property)", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
        if (message(text) === "") {
          assert(text.length <= 253);
          assert.equal(new URL(`https://${text}/`).hostname, text);
        }
      }),
    );
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        assert.equal(message(domain.toLowerCase()), "");
      }),
    );
  });

  it("has no reserved ending, where somebody owns its domain", () => {
    assert.equal(reservedEnding("clova.example.com"), undefined);
    assert.equal(reservedEnding("contest.com"), undefined);
    assert.equal(reservedEnding("clova.mesh-lab.test"), "test");
    assert.equal(reservedEnding("clova.home.arpa"), "home.arpa");
    assert.equal(reservedEnding("clova.internal"), "internal");
  });
});
