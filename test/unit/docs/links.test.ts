import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { markdownFiles, PROJECT, readDocument, slug, target } from "./markdown";

const files = markdownFiles(".", "docs", "apps", "bench", "charts", "policy", ".github");

describe("links within the documentation", () => {
  it("are looked at in every document", () => {
    assert(files.includes("README.md") && files.includes("docs/configuration.md"));
  });

  for (const file of files) {
    it(`${file}: lead to files and headings that are there`, () => {
      const document = readDocument(file);
      const broken = document.links.filter((link) => {
        const to = target(document, link);
        return to !== undefined && !leads(to);
      });
      assert.deepEqual(broken, []);
    });
  }
});

function leads({ path, anchor }: { path: string; anchor: string | undefined }): boolean {
  if (!existsSync(join(PROJECT, path))) {
    return false;
  }
  return (
    anchor === undefined || readDocument(path).headings.some(({ text }) => slug(text) === anchor)
  );
}
