import assert from "node:assert/strict";
import fc from "fast-check";
import { httpCovers, type HttpMatch } from "../../../../policy/routing/http-match";
import { aMatch, aRequest, GATEWAYS, matches } from "./oracle";

const covers = (broad: HttpMatch, narrow: HttpMatch) => httpCovers(broad, narrow, GATEWAYS);

describe("httpCovers", () => {
  it("is true only where every request that the narrow match takes is taken by the broad one", () => {
    let held = 0;
    fc.assert(
      fc.property(aMatch, aMatch, fc.array(aRequest, { minLength: 5 }), (a, b, requests) => {
        // Some of the pairs are related, or few would cover each other.
        for (const [broad, narrow] of [
          [a, b],
          [a, { ...a, ...b }],
          [b, { ...a, ...b }],
        ] as const) {
          if (covers(broad, narrow)) {
            const taken = requests.filter((request) => matches(narrow, request));
            taken.forEach((request) => assert(matches(broad, request), JSON.stringify(request)));
            held += taken.length;
          }
        }
      }),
      { numRuns: 3000 },
    );
    assert(held > 100, `only ${held} requests were put to the test`);
  });

  it("holds between a match and itself, and from none on to any", () => {
    fc.assert(
      fc.property(aMatch, (match) => {
        assert(covers(match, match));
        assert(covers({}, match));
      }),
    );
  });

  it("goes from match to match", () => {
    fc.assert(
      fc.property(aMatch, aMatch, aMatch, (a, b, c) => {
        fc.pre(covers(a, { ...a, ...b }) && covers({ ...a, ...b }, { ...a, ...b, ...c }));
        assert(covers(a, { ...a, ...b, ...c }));
      }),
    );
  });

  it("isn't lost by a further condition on the narrow side", () => {
    fc.assert(
      fc.property(aMatch, fc.constantFrom("80", "443"), (match, value) => {
        assert(covers(match, { ...match, headers: { ...match.headers, z: { exact: value } } }));
        const { headers, ...less } = match;
        assert(covers(less, { ...less, headers }));
      }),
    );
  });

  const table: [title: string, expected: boolean, broad: HttpMatch, narrow: HttpMatch][] = [
    [
      "the same labels twice",
      true,
      { sourceLabels: { app: "sleep" } },
      { sourceLabels: { app: "sleep" } },
    ],
    ["a prefix and a longer one", true, { uri: { prefix: "/a" } }, { uri: { prefix: "/ab" } }],
    ["a longer prefix and a shorter", false, { uri: { prefix: "/ab" } }, { uri: { prefix: "/a" } }],
    ["the root and a header alone", true, { uri: { prefix: "/" } }, { headers: { x: {} } }],
    ["a canary header and everything", false, { headers: { "x-canary": { exact: "true" } } }, {}],
    [
      "headers in another case",
      true,
      { headers: { "X-Canary": {} } },
      { headers: { "x-canary": { exact: "true" } } },
    ],
    [
      "a path in any case",
      true,
      { uri: { prefix: "/A" }, ignoreUriCase: true },
      { uri: { exact: "/ab" } },
    ],
    [
      "a path in one case, and in any",
      false,
      { uri: { exact: "/a" } },
      { uri: { exact: "/a" }, ignoreUriCase: true },
    ],
    [
      "an expression, whose case counts",
      false,
      { uri: { regex: "/a" }, ignoreUriCase: true },
      { uri: { exact: "/A" } },
    ],
    [
      "the caller's labels, which a match with gateways isn't asked for",
      false,
      { sourceLabels: { app: "a" } },
      { sourceLabels: { app: "a" }, gateways: ["mesh"] },
    ],
    ["both gateways by name, and all", true, { gateways: ["public", "mesh"] }, {}],
    ["one gateway by name, and all", false, { gateways: ["mesh"] }, {}],
    [
      "excluding more",
      true,
      { withoutHeaders: { x: { exact: "1" } } },
      { withoutHeaders: { x: { prefix: "1" } } },
    ],
    [
      "excluding any value, also a missing header's empty one, and excluding presence",
      false,
      { withoutHeaders: { x: { regex: ".*" } } },
      { withoutHeaders: { x: {} } },
    ],
    [
      "excluding less",
      false,
      { withoutHeaders: { x: { prefix: "1" } } },
      { withoutHeaders: { x: { exact: "1" } } },
    ],
  ];
  for (const [title, expected, broad, narrow] of table) {
    it(`${title}: ${expected ? "covered" : "not covered"}`, () => {
      assert.equal(covers(broad, narrow), expected);
    });
  }
});
