import fc from "fast-check";

const SURROGATES = { first: 0xd800, count: 0x800 };

/**
 * Each of Unicode's 1,112,064 characters, alike often: a unit for `fc.string`.
 *
 * fast-check's own "binary" is the same, and first makes a table of all of them, which takes a
 * second and 100 MB.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.nat({ max: 0x10ffff - SURROGATES.count }).map(
  (nth) => String.fromCodePoint(nth < SURROGATES.first ? nth : nth + SURROGATES.count),
  (character) => {
    const point = typeof character === "string" ? character.codePointAt(0) : undefined;
    if (point === undefined || String.fromCodePoint(point) !== character) {
      throw new Error("not one character");
    }
    return point < SURROGATES.first ? point : point - SURROGATES.count;
  },
);

const UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

/** What a URL's query is made of (RFC 3986, section 3.4): now and then any character, in escapes. */
export const queryCharacter: fc.Arbitrary<string> = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(...UNRESERVED, ..."!$&'()*+,;=:@/?") },
  { weight: 1, arbitrary: anyCharacter.map(encodeURIComponent) },
);
