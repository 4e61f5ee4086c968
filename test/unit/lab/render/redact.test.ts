import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../lab/engine/properties";
import { redact } from "../../../../lab/render/redact";

describe("redact", () => {
  it("hides all values of a Secret's data and stringData, and keeps their keys", () => {
    const secret = { apiVersion: "v1", kind: "Secret", type: "Opaque" };
    assert.deepEqual(
      redact({ ...secret, data: { a: "eA==" }, stringData: { b: "x", c: UNKNOWN } }, []),
      { ...secret, data: { a: "[secret]" }, stringData: { b: "[secret]", c: "[secret]" } },
    );
    assert.deepEqual(redact({ ...secret, data: UNKNOWN }, []), { ...secret, data: "[secret]" });
  });

  it("hides exactly the places that the SDK calls secret, anywhere", () => {
    assert.deepEqual(
      redact({ values: { a: "x", b: ["y", { c: "z" }] }, list: [1, 2] }, [
        ["values", "b", 1, "c"],
        ["list"],
      ]),
      { values: { a: "x", b: ["y", { c: "[secret]" }] }, list: "[secret]" },
    );
  });

  it("says what only a deployment can tell", () => {
    assert.deepEqual(redact({ spec: { host: UNKNOWN, port: 1 } }, []), {
      spec: { host: "[known after deployment]", port: 1 },
    });
  });
});
