import assert from "node:assert/strict";
import { sharedBuiltins } from "../../../../lab/build/node-builtins";

describe("built-in modules outside Node.js", () => {
  it("are found in Debian's build configuration", () => {
    const defines = [
      "NODE_OPENSSL_CERT_STORE",
      "NODE_SHARED_BUILTIN_ACORN_PATH=/usr/share/nodejs/acorn/dist/acorn.js",
    ];
    assert.deepEqual(sharedBuiltins({ target_defaults: { defines } }), [
      "/usr/share/nodejs/acorn/dist/acorn.js",
    ]);
    assert.deepEqual(sharedBuiltins({ target_defaults: { defines: [] } }), []);
  });
});
