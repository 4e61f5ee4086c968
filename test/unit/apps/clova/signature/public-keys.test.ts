import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { KeyError, parsePublicKeys } from "../../../../../apps/clova/src/signature/public-keys";
import { cekKeys, newKeys } from "../keys";

const one = cekKeys();
const two = newKeys(1024);
const fingerprint = (pem: string): string =>
  createPublicKey(pem).export({ type: "spki", format: "der" }).toString("hex");

describe("public keys", () => {
  it("are read from SPKI and PKCS#1, one or several, with text in between", () => {
    const pkcs1 = createPublicKey(one.pem).export({ type: "pkcs1", format: "pem" }).toString();
    for (const text of [one.pem, pkcs1, `\ufeff# CEK\r\n${one.pem.replaceAll("\n", "\r\n")}`]) {
      assert.deepEqual(
        parsePublicKeys(text).map((key) =>
          key.export({ type: "spki", format: "der" }).toString("hex"),
        ),
        [fingerprint(one.pem)],
      );
    }
    assert.equal(parsePublicKeys(`${one.pem}\nthe new one:\n${two.pem}`).length, 2);
  });

  const { publicKey: elliptic } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const weak = newKeys(512).pem;
  const cases: [string, string, RegExp][] = [
    ["nothing", "", /0 public keys/],
    ["a page instead", "<html>not found</html>", /0 public keys/],
    ["a key that is cut off", one.pem.slice(0, 100), /0 public keys/],
    [
      "a key that is garbled",
      "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
      /can't be read/,
    ],
    [
      "a private key",
      one.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      /private key where the public one belongs/,
    ],
    [
      "a key of another kind",
      elliptic.export({ type: "spki", format: "pem" }).toString(),
      /not an RSA key/,
    ],
    ["a key that can be broken", weak, /at least 1024 bits/],
    ["too many", one.pem.repeat(5), /5 public keys/],
  ];
  for (const [what, text, sentence] of cases) {
    it(`are not ${what}`, () => {
      assert.throws(
        () => parsePublicKeys(text),
        (error) => error instanceof KeyError && sentence.test(error.message),
      );
    });
  }
});
