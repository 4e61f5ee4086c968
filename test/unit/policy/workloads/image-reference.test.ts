import assert from "node:assert/strict";
import fc from "fast-check";
import { looseTag } from "../../../../policy/workloads/image-reference";

const word = fc.stringMatching(/^[a-z0-9]{1,6}$/);
const path = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const host = fc.oneof(
  fc.constant(""),
  word.map((name) => `${name}.example.com/`),
  fc
    .tuple(word, fc.integer({ min: 1, max: 65535 }))
    .map(([name, port]) => `${name}.example.com:${port}/`),
);
const name = fc.tuple(host, path).map((parts) => parts.join(""));
const tag = fc.stringMatching(/^[\w][\w.-]{0,10}$/).filter((text) => text !== "latest");
const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);

describe("looseTag", () => {
  it("finds nothing wrong with a tag, whatever the registry and its port", () => {
    fc.assert(
      fc.property(name, tag, (image, version) =>
        assert.equal(looseTag(`${image}:${version}`), undefined),
      ),
    );
  });

  it("finds none where only the registry has a colon", () => {
    fc.assert(fc.property(name, (image) => assert.equal(looseTag(image), "has no tag")));
  });

  it("finds latest", () => {
    fc.assert(
      fc.property(name, (image) => assert.equal(looseTag(`${image}:latest`), "has the tag latest")),
    );
  });

  it("is content with a digest, whatever the tag says", () => {
    const suffix = fc.oneof(
      fc.constant(""),
      fc.constant(":latest"),
      tag.map((text) => `:${text}`),
    );
    fc.assert(
      fc.property(name, suffix, digest, (image, end, sum) =>
        assert.equal(looseTag(`${image}${end}@${sum}`), undefined),
      ),
    );
  });
});
