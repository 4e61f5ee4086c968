import assert from "node:assert/strict";
import { constants, createPublicKey, sign as signBytes } from "node:crypto";
import fc from "fast-check";
import { sign } from "../../../../../apps/clova/src/signature/sign";
import { decodeSignature, isSigned } from "../../../../../apps/clova/src/signature/verify";
import { cekKeys, otherKeys } from "../keys";
import { fixture, FIXTURES } from "../support";

const keys = cekKeys();
const publicKeys = [createPublicKey(keys.pem)];
const others = [createPublicKey(otherKeys().pem)];

const verifies = (body: Buffer, header: string, known = publicKeys): boolean => {
  const signature = decodeSignature(header);
  return signature !== undefined && isSigned(body, signature, known);
};

describe("a signature", () => {
  it("holds for exactly the bytes that were signed, by any of the keys", () => {
    for (const name of FIXTURES) {
      const body = fixture(name);
      const header = sign(body, keys.privateKey);
      assert.ok(verifies(body, header), name);
      assert.ok(verifies(body, header, [...others, ...publicKeys]), name);
      assert.ok(!verifies(body, header, others), name);
      assert.ok(!verifies(body, header, []), name);
    }
  });

  it("holds for no body with another bit", () => {
    const body = fixture("intent-with-slots");
    const header = sign(body, keys.privateKey);
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(body);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        assert.ok(!verifies(changed, header));
      }),
      { numRuns: 300 },
    );
  });

  it("holds for no body that is longer, shorter, or the same JSON in other bytes", () => {
    const body = fixture("launch");
    const header = sign(body, keys.privateKey);
    for (const changed of [
      Buffer.concat([body, Buffer.from("\n")]),
      body.subarray(0, -1),
      Buffer.from(JSON.stringify(JSON.parse(body.toString()))),
      Buffer.alloc(0),
    ]) {
      assert.ok(!verifies(changed, header));
    }
  });

  it("is no longer one with another bit", () => {
    const body = fixture("launch");
    const bytes = Buffer.from(sign(body, keys.privateKey), "base64");
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        assert.ok(!verifies(body, changed.toString("base64")));
      }),
      { numRuns: 300 },
    );
  });

  it("is RSASSA-PKCS1-v1_5 with SHA-256, and no other", () => {
    const body = fixture("launch");
    const { privateKey: key } = keys;
    const pss = signBytes("sha256", body, { key, padding: constants.RSA_PKCS1_PSS_PADDING });
    const sha1 = signBytes("sha1", body, key);
    for (const signature of [pss, sha1]) {
      assert.ok(!verifies(body, signature.toString("base64")));
    }
  });

  it("is the only one that a body has, so that it tells the body", () => {
    const { n = "" } = publicKeys[0]?.export({ format: "jwk" }) ?? {};
    const number = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString("hex")}`);
    for (const name of FIXTURES) {
      const bytes = Buffer.from(sign(fixture(name), keys.privateKey), "base64");
      const congruent = number(bytes) + number(Buffer.from(n, "base64url"));
      const hex = congruent.toString(16);
      // As long as a signature is where it fits into as many bytes, and one byte longer.
      for (const length of [Math.ceil(hex.length / 2) * 2, 514]) {
        const other = Buffer.from(hex.padStart(length, "0"), "hex");
        assert.ok(!verifies(fixture(name), other.toString("base64")), name);
      }
      const longer = Buffer.concat([Buffer.alloc(1), bytes]);
      assert.ok(!verifies(fixture(name), longer.toString("base64")), name);
    }
  });

  it("has one header, which is Base64 and nothing else", () => {
    const header = sign(fixture("launch"), keys.privateKey);
    assert.ok(decodeSignature(header));
    for (const other of [
      undefined,
      "",
      " ",
      `${header}=`,
      `${header} `,
      header.slice(0, 10) + "\n" + header.slice(10),
      `${header}, ${header}`,
      [header, header],
      header.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""),
      "\u0000",
      "가",
    ]) {
      assert.equal(decodeSignature(other), undefined, JSON.stringify(other));
    }
  });

  it("is wrong, not an error, whatever the header holds", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        assert.ok(!verifies(fixture("launch"), Buffer.from(bytes).toString("base64")));
      }),
    );
  });
});
