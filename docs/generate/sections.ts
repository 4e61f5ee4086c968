/** A part of a document that is made from data: markdown by the name that its markers carry. */
export type Sections = Readonly<Record<string, string>>;

const start = (name: string): string => `<!-- generated: ${name} -->`;
const END = "<!-- end -->";

/**
 * Puts sections between their markers, `<!-- generated: NAME -->` and `<!-- end -->`, and leaves the rest.
 *
 * @throws Error when document and sections don't name the same parts
 */
export function fillSections(document: string, sections: Sections): string {
  const names = [...document.matchAll(/<!-- generated: (.+?) -->/g)].map(([, name]) => name);
  const expected = Object.keys(sections);
  if (names.toSorted().join() !== expected.toSorted().join()) {
    throw new Error(`the document has sections for ${names.join()}, not for ${expected.join()}`);
  }
  return expected.reduce((text, name) => {
    const from = text.indexOf(start(name)) + start(name).length;
    const to = text.indexOf(END, from);
    return `${text.slice(0, from)}\n\n${sections[name]?.trim()}\n\n${text.slice(to)}`;
  }, document);
}

/** A markdown table; cells may hold any text on one line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
