import assert from "node:assert/strict";
import fc from "fast-check";
import { isDnsLabel, MAX_CLUSTER_NAME, suggestLabel } from "../../../config/names";

describe("suggestLabel", () => {
  it("keeps what a cloud's console called the cluster recognisable", () => {
    assert.equal(suggestLabel("nks_kr_portal_1"), "nks-kr-portal-1");
    assert.equal(suggestLabel("NHN.Prod"), "nhn-prod");
  });

  it("always suggests a name that is then accepted", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const label = suggestLabel(text);
        return isDnsLabel(label) && label.length <= MAX_CLUSTER_NAME;
      }),
    );
  });

  it("leaves a legal name as it is", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,10}(-[a-z0-9]{1,5}){0,5}$/), (name) => {
        assert.equal(suggestLabel(name), name);
      }),
    );
  });
});

describe("isDnsLabel", () => {
  it("follows RFC 1123: letters, digits and inner dashes, at most 63", () => {
    for (const name of ["a", "0", "a-b", "x".repeat(63)]) {
      assert(isDnsLabel(name), name);
    }
    for (const name of ["", "-a", "a-", "A", "a.b", "a_b", "x".repeat(64)]) {
      assert(!isDnsLabel(name), name);
    }
  });
});
