import assert from "node:assert/strict";
import { CLOUDS, type CloudProfile } from "../../../config/clouds";
import { GENERATED, generate } from "../../../docs/generate";
import { cloudsSections } from "../../../docs/generate/clouds";
import { fillSections, table } from "../../../docs/generate/sections";

describe("the parts of the docs that are made from data", () => {
  for (const [file, sections] of Object.entries(GENERATED)) {
    it(`docs/${file} is what the data says: else run npm run docs`, async () => {
      const { before, after } = await generate(file, sections());
      assert.equal(before, after);
    });
  }
});

describe("cloudsSections", () => {
  it("takes a new cloud from its row alone", () => {
    const moon: CloudProfile = { ...CLOUDS.generic, title: "Moon Cloud", addressKind: "hostname" };
    const { clouds, details } = cloudsSections((text) => text, { ...CLOUDS, moon });
    assert.match(clouds ?? "", /\| \[`moon`\]\(#moon\) \| Moon Cloud \| host name \|/);
    assert.match(details ?? "", /### moon/);
  });
});

describe("fillSections", () => {
  const document = "a\n\n<!-- generated: one -->\n\nold\n\n<!-- end -->\n\nb\n";

  it("replaces what stands between the markers, and is the same when done again", () => {
    const filled = fillSections(document, { one: "new" });
    assert.equal(filled, "a\n\n<!-- generated: one -->\n\nnew\n\n<!-- end -->\n\nb\n");
    assert.equal(fillSections(filled, { one: "new" }), filled);
  });

  it("refuses a document without a part, or with one too many", () => {
    assert.throws(() => fillSections(document, { two: "" }), /sections for one, not for two/);
    assert.throws(() => fillSections(document, { one: "", two: "" }), /not for one,two/);
  });

  it("keeps a cell with a bar one cell", () => {
    assert.equal(table(["a"], [["x|y"]]), "| a |\n| --- |\n| x\\|y |");
  });
});
