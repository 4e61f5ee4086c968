import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

export const PROJECT = join(__dirname, "../../..");

/** A Markdown file, taken apart as far as tests compare it. */
export interface Document {
  /** From the project's folder, e.g. `docs/lab.md`. */
  readonly path: string;
  readonly headings: readonly { readonly level: number; readonly text: string }[];
  readonly blocks: readonly { readonly language: string; readonly text: string }[];
  /** Targets as written. */
  readonly links: readonly string[];
  /** Texts between backticks outside of blocks. */
  readonly code: readonly string[];
  readonly tableRows: number;
}

export function readDocument(path: string): Document {
  const text = readFileSync(join(PROJECT, path), "utf8");
  const blocks: { language: string; text: string }[] = [];
  const prose = text.replace(
    /^( *)(`{3,})(\w*)\n([\s\S]*?)^\1\2$/gm,
    (_, indent: string, _fence, language: string, block: string) => {
      blocks.push({ language, text: block.replaceAll(new RegExp(`^${indent}`, "gm"), "") });
      return "";
    },
  );
  const withoutCode = prose.replaceAll(/`[^`]+`/g, "`");
  return {
    path,
    blocks,
    headings: [...prose.matchAll(/^(#+) (.+)$/gm)].map(([, marks, title]) => ({
      level: (marks as string).length,
      text: title as string,
    })),
    links: [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target as string),
    code: [...prose.matchAll(/`([^`]+)`/g)].map(([, span]) => span as string),
    tableRows: [...prose.matchAll(/^ *\|.*\|$/gm)].length,
  };
}

/** The anchor that GitHub gives a heading. */
export const slug = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");

/** Where a link leads, as a path from the project's folder; nothing for another site. */
export function target(
  document: Document,
  link: string,
): { readonly path: string; readonly anchor: string | undefined } | undefined {
  if (/^[a-z]+:/.test(link)) {
    return undefined;
  }
  const [file = "", anchor] = link.split("#");
  const path =
    file === ""
      ? document.path
      : relative(PROJECT, resolve(PROJECT, dirname(document.path), decodeURIComponent(file)));
  return { path, anchor: anchor === undefined ? undefined : decodeURIComponent(anchor) };
}

/** Every Markdown file below these folders, which may be absent. */
export const markdownFiles = (...folders: readonly string[]): string[] =>
  folders
    .filter((folder) => existsSync(join(PROJECT, folder)))
    .flatMap((folder) =>
      readdirSync(join(PROJECT, folder), { withFileTypes: true, recursive: folder !== "." })
        .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
        .map((entry) => relative(PROJECT, join(entry.parentPath, entry.name))),
    )
    .filter((path) => !path.includes("node_modules/"))
    .sort();
