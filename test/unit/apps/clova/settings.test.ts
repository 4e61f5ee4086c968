import { SettingsError } from "@istio-multicloud/service-kit";
import assert from "node:assert/strict";
import { cekKeys } from "./keys";
import { settings } from "./support";

const { pem, privateKey } = cekKeys();

describe("settings of the Clova extension", () => {
  it("need nothing but the extension's id", () => {
    const read = settings({ CLOVA_APPLICATION_IDS: " com.example.a, com.example.b ," });
    assert.deepEqual(read.applicationIds, ["com.example.a", "com.example.b"]);
    assert.deepEqual(read.keys, {
      from: "url",
      url: new URL("https://clova.ai/.well-known/signature-public-key.pem"),
    });
    assert.equal(read.raspberryPi, undefined);
    assert.ok(read.deadlineMilliseconds < 8000);
    assert.equal(read.replayMilliseconds, 600_000);
  });

  it("take the key as text, file or URL", () => {
    const text = settings({ CLOVA_PUBLIC_KEY: pem }).keys;
    assert.ok(text.from === "text" && text.loaded.keys.length === 1);
    const file = settings({ CLOVA_PUBLIC_KEY_FILE: "/keys/a.pem" });
    assert.deepEqual(file.keys, { from: "file", path: "/keys/a.pem" });
    assert.equal(file.keyMilliseconds, 60_000);
  });

  const cases: [string, Record<string, string>, RegExp][] = [
    ["no extension", { CLOVA_APPLICATION_IDS: "" }, /^CLOVA_APPLICATION_IDS is not set/],
    ["extensions without ids", { CLOVA_APPLICATION_IDS: " , " }, /names no extension/],
    [
      "two keys",
      { CLOVA_PUBLIC_KEY: pem, CLOVA_PUBLIC_KEY_FILE: "/a" },
      /exclude each other: set one/,
    ],
    ["a key that is none", { CLOVA_PUBLIC_KEY: "secret" }, /^CLOVA_PUBLIC_KEY holds no key/],
    [
      "the private key",
      { CLOVA_PUBLIC_KEY: privateKey.export({ type: "pkcs1", format: "pem" }).toString() },
      /There is a private key where the public one belongs/,
    ],
    ["a key's URL that is none", { CLOVA_PUBLIC_KEY_URL: "ftp://a/b" }, /^CLOVA_PUBLIC_KEY_URL is/],
    ["a deadline that Clova won't wait for", { CLOVA_DEADLINE_MILLISECONDS: "9000" }, /7000/],
    ["a Raspberry Pi without a URL", { RASPBERRY_PI_URL: "pi" }, /^RASPBERRY_PI_URL is no URL/],
  ];
  for (const [what, variables, sentence] of cases) {
    it(`are refused with ${what}, in one sentence`, () => {
      assert.throws(
        () => settings(variables),
        (error) =>
          error instanceof SettingsError &&
          sentence.test(error.message) &&
          !/secret|BEGIN/.test(error.message),
      );
    });
  }
});
