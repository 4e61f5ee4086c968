import assert from "node:assert/strict";
import { CLOUDS } from "../../../config/clouds";
import { DOCUMENTS } from "../../../docs/generate";
import { cloudsSections } from "../../../docs/generate/clouds";
import { korean, KOREAN, type Translate } from "../../../docs/generate/language";
import { markdownFiles, readDocument, target, type Document } from "./markdown";

const HANGUL = /\p{Script=Hangul}/u;

/** Path of the Korean document by that of the English one. */
const PAIRS: Readonly<Record<string, string>> = {
  "README.md": "README.ko.md",
  ...Object.fromEntries(
    markdownFiles("docs")
      .filter((path) => !path.startsWith("docs/ko/"))
      .map((path) => [path, path.replace("docs/", "docs/ko/")]),
  ),
};

const levels = ({ headings }: Document): readonly number[] => headings.map(({ level }) => level);

/** Commands and outputs as they are; comments and labels may be in the document's language. */
const blocks = (document: Document): readonly string[] =>
  document.blocks.map(({ language, text }) => `${language}\n${wordless(language, text)}`);

function wordless(language: string, text: string): string {
  if (language === "mermaid") {
    return text.replaceAll(/"[^"]*"/g, '""');
  }
  return text.replaceAll(/(^|\s+)# .*$/gm, "").replaceAll("docs/ko/", "docs/");
}

/** The sites that a document sends its readers to. */
const sites = ({ links }: Document): readonly string[] =>
  [...new Set(links.filter((link) => /^https?:/.test(link)))].toSorted();

describe("the Korean documentation", () => {
  it("has a document for every English one, and no other", () => {
    assert.deepEqual(
      markdownFiles("docs/ko"),
      Object.values(PAIRS).filter((path) => path.startsWith("docs/ko/")),
    );
  });

  for (const [path, inKorean] of Object.entries(PAIRS)) {
    describe(inKorean, () => {
      const [english, translation] = [readDocument(path), readDocument(inKorean)];

      it("has the sections and tables of the English one", () => {
        assert.deepEqual(levels(translation), levels(english));
        assert.equal(translation.tableRows, english.tableRows);
      });

      it("shows the same commands and outputs", () => {
        assert.deepEqual(blocks(translation), blocks(english));
      });

      it("names the same commands, keys and files", () => {
        const named = new Set(translation.code);
        assert.deepEqual(
          [...new Set(english.code)].filter((span) => !named.has(span)),
          [],
        );
      });

      it("cites the same sites", () => {
        assert.deepEqual(sites(translation), sites(english));
      });

      it("and the English one link to each other at their tops", () => {
        assert.equal(target(english, english.links[0] ?? "")?.path, inKorean);
        assert.equal(target(translation, translation.links[0] ?? "")?.path, path);
      });

      it("links to documents in Korean where there are any", () => {
        const english = translation.links
          .slice(1)
          .map((link) => target(translation, link)?.path)
          .filter((path) => path !== undefined && path in PAIRS);
        assert.deepEqual(english, []);
      });
    });
  }
});

describe("the Korean of the data", () => {
  const texts = new Set<string>();
  const collect: Translate = (text) => {
    texts.add(text);
    return text;
  };
  for (const sections of Object.values(DOCUMENTS)) {
    sections(collect);
  }
  cloudsSections(collect, { bare: { ...CLOUDS.generic, metricsServer: "install" } });

  it("covers every text: else add it in docs/generate/korean", () => {
    assert.deepEqual(
      [...texts].filter((text) => !Object.hasOwn(KOREAN, text)),
      [],
    );
  });

  it("has none for a text that is gone", () => {
    assert.deepEqual(
      Object.keys(KOREAN).filter((text) => !texts.has(text)),
      [],
    );
  });

  it("is Korean wherever there is a sentence", () => {
    const untranslated = [...texts].filter(
      (text) => text.split(" ").length > 6 && !HANGUL.test(korean(text)),
    );
    assert.deepEqual(untranslated, []);
  });

  it("names the commands, keys and files of the English", () => {
    const spans = (text: string): readonly string[] => text.match(/`[^`]+`/g) ?? [];
    for (const text of texts) {
      assert.deepEqual(spans(korean(text)).toSorted(), spans(text).toSorted(), text);
    }
  });
});
