import assert from "node:assert/strict";
import fc from "fast-check";
import { covers, takesAnything } from "../../../../policy/routing/string-match";
import { aStringMatch, aText, takes } from "./oracle";

describe("covers, of two conditions on a text", () => {
  it("is true only where every text that the narrow one takes is taken by the broad one", () => {
    fc.assert(
      fc.property(aStringMatch, aStringMatch, fc.array(aText), (broad, narrow, texts) => {
        if (covers(broad, narrow)) {
          texts
            .filter((text) => takes(narrow, text))
            .forEach((text) => assert(takes(broad, text), text));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("holds between a condition and itself", () => {
    fc.assert(fc.property(aStringMatch, (match) => assert(covers(match, match))));
  });

  it("finds everything that can be told from literals", () => {
    fc.assert(
      fc.property(aText, aText, (text, more) => {
        assert(covers({ prefix: text }, { prefix: text + more }));
        assert(covers({ prefix: text }, { exact: text + more }));
        assert(covers({ regex: ".*" }, { prefix: text }));
        assert(covers({}, { regex: text }));
        assert.equal(covers({ exact: text }, { exact: text + more }), more === "");
        assert(!covers({ exact: text }, { prefix: text }));
      }),
    );
  });

  it("tries a regular expression on a text, as a whole and in RE2's ways only", () => {
    assert(covers({ regex: "/v[12]/.*" }, { exact: "/v1/movies" }));
    assert(!covers({ regex: "/v1" }, { exact: "/v1/movies" }));
    assert(!covers({ regex: "(?i)/V1" }, { exact: "/v1" }));
    assert(!covers({ regex: "/a.*" }, { prefix: "/a" }));
  });

  it("takes presence for the broadest condition, and Istio's * for it", () => {
    for (const match of [{}, { regex: "*" }, { regex: ".*" }, { prefix: "" }]) {
      assert(takesAnything(match));
    }
    assert(!takesAnything({ exact: "" }));
    assert(!covers({ exact: "x" }, {}));
  });
});
