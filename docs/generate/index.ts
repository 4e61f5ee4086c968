import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { checkSections } from "./check";
import { cloudsSections } from "./clouds";
import { configurationSections } from "./configuration";
import { httpsSections } from "./https";
import { english, korean, type Translate } from "./language";
import { policiesSections } from "./policies";
import { preflightSections } from "./preflight";
import { fillSections, type Sections } from "./sections";

/** What makes the generated parts of a document in one language, by its name in each language's folder. */
export const DOCUMENTS: Readonly<Record<string, (t: Translate) => Sections>> = {
  "check.md": checkSections,
  "clouds.md": cloudsSections,
  "configuration.md": configurationSections,
  "https.md": httpsSections,
  "policies.md": policiesSections,
  "preflight.md": preflightSections,
};

/** Documents with parts made from data, in every language, by their path in docs/. */
export const GENERATED: Readonly<Record<string, () => Sections>> = Object.fromEntries(
  Object.entries(DOCUMENTS).flatMap(([file, sections]) => [
    [file, () => sections(english)],
    [`ko/${file}`, () => sections(korean)],
  ]),
);

/** A document as it is, and as the data would have it. */
export async function generate(
  file: string,
  sections: Sections,
): Promise<{ readonly path: string; readonly before: string; readonly after: string }> {
  const path = join(__dirname, "..", file);
  const before = readFileSync(path, "utf8");
  const formatted: Record<string, string> = {};
  for (const [name, text] of Object.entries(sections)) {
    formatted[name] = await format(text, { parser: "markdown" });
  }
  return { path, before, after: fillSections(before, formatted) };
}

async function main(): Promise<void> {
  for (const [file, sections] of Object.entries(GENERATED)) {
    const { path, before, after } = await generate(file, sections());
    writeFileSync(path, after);
    console.log(`docs/${file} ${before === after ? "unchanged" : "written"}`);
  }
}

if (require.main === module) {
  void main();
}
