import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, type Document } from "yaml";
import { isObject } from "../config/json";
import { stackFile, stackFiles, type Project } from "./project";

/** Where a value belongs, and what tells the files that it belongs into. */
export interface ConfigValue {
  /** Key without its namespace. */
  readonly key: string;
  /** Where below that key; the key itself if empty. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** Key without its namespace by which a file is chosen. */
  readonly configuredBy: string;
  /** Whether what the file says under it, a YAML node or a scalar, means that. */
  readonly isConfigured: (node: unknown) => boolean;
}

/** How files write a key's value: a stack's own, and Pulumi.yaml for every stack. */
const PLACES: readonly ((key: string) => readonly string[])[] = [
  (key) => ["config", `mesh:${key}`],
  (key) => ["config", key],
  (key) => ["config", `mesh:${key}`, "value"],
  (key) => ["config", key, "default"],
];

/**
 * Writes values into those of a project's files that configure what they belong to. What else is in
 * the files stays, with its order and its comments; all files are read before the first is written.
 *
 * @returns the files that were changed
 */
export function writeConfig(project: Project, values: readonly ConfigValue[]): string[] {
  const files = [
    join(project.dir, "Pulumi.yaml"),
    ...stackFiles(project).map((stack) => stackFile(project, stack)),
  ];
  const changed = files.filter(existsSync).flatMap((file) => {
    const before = readFileSync(file, "utf8");
    const document = parseDocument(before);
    const set = values.filter((value) => setValue(document, value));
    return set.length > 0 ? [{ file, text: document.toString({ lineWidth: 0 }) }] : [];
  });
  for (const { file, text } of changed) {
    writeFileSync(file, text);
  }
  return changed.map(({ file }) => file);
}

function setValue(
  document: Document,
  { key, path, value, configuredBy, isConfigured }: ConfigValue,
): boolean {
  const place = PLACES.find((at) => isConfigured(document.getIn(at(configuredBy))));
  if (place === undefined) {
    return false;
  }
  // A scalar in the place of another keeps that one's comment.
  document.setIn([...place(key), ...path], isObject(value) ? document.createNode(value) : value);
  return true;
}
