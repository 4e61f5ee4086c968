import assert from "node:assert/strict";
import { secretProperties, unwrap, UNKNOWN, wrap } from "../../../../lab/engine/properties";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });

describe("unwrap", () => {
  it("takes secrets out of their wrappers at any depth and remembers where they were", () => {
    const { values, secrets } = unwrap({
      data: { key: secret("x"), plain: "y" },
      all: secret({ inner: secret(1) }),
      list: ["a", secret("b")],
    });
    assert.deepEqual(values, {
      data: { key: "x", plain: "y" },
      all: { inner: 1 },
      list: ["a", "b"],
    });
    assert.deepEqual(secrets, [["data", "key"], ["all"], ["all", "inner"], ["list", 1]]);
    assert.deepEqual(secretProperties(secrets), ["data", "all", "list"]);
  });

  it("leaves values that come without wrappers as they are", () => {
    const inputs = { a: { b: [1, null, true, "text"] } };
    assert.deepEqual(unwrap(inputs), { values: inputs, secrets: [], hasUnknowns: false });
  });

  it("turns references to resources into their IDs and notices unknown values", () => {
    const reference = { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", id: "ns/a" };
    const { values, hasUnknowns } = unwrap({ reference, later: [UNKNOWN] });
    assert.deepEqual(values, { reference: "ns/a", later: [UNKNOWN] });
    assert.equal(hasUnknowns, true);
  });

  it("refuses assets with the place where one is", () => {
    const asset = { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: "x" };
    assert.throws(() => unwrap({ valueYamlFiles: [asset] }), /as valueYamlFiles\.0 holds one/);
  });
});

describe("wrap", () => {
  it("wraps the named properties and drops what JSON has no word for", () => {
    assert.deepEqual(wrap({ a: 1, b: undefined, c: { d: 2 } }, ["c", "absent"]), {
      a: 1,
      c: secret({ d: 2 }),
    });
  });
});
