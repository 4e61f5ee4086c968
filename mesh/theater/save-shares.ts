import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, parseDocument, type Document } from "yaml";
import { UserError } from "../../config/errors";
import type { WeightedService } from "../../config/theater-schema";
import { stackFile, stackFiles, type Project } from "../project";
import type { Shares } from "./shares";

/** Where files say what the theater is: a stack's own, and Pulumi.yaml for every stack. */
const PLACES = [
  ["config", "mesh:theater"],
  ["config", "theater"],
  ["config", "mesh:theater", "value"],
  ["config", "theater", "default"],
] as const;

/**
 * Writes shares wherever the project's files configure the theater; what else is in them stays, with
 * its comments.
 *
 * @returns the files that were changed
 * @throws UserError where none of them does
 */
export function saveShares(project: Project, service: WeightedService, shares: Shares): string[] {
  const files = [
    join(project.dir, "Pulumi.yaml"),
    ...stackFiles(project).map((stack) => stackFile(project, stack)),
  ];
  const changed = files.filter(existsSync).flatMap((file) => {
    const document = parseDocument(readFileSync(file, "utf8"));
    const place = PLACES.find((path) => isTheater(document, path));
    if (place === undefined) {
      return [];
    }
    document.setIn([...place, "weights", service], document.createNode(shares));
    return [{ file, text: document.toString({ lineWidth: 0 }) }];
  });
  if (changed.length === 0) {
    throw new UserError(
      `No file in ${project.dir} configures mesh:theater, so the shares were not saved: write them where it is configured`,
    );
  }
  for (const { file, text } of changed) {
    writeFileSync(file, text);
  }
  return changed.map(({ file }) => file);
}

function isTheater(document: Document, path: readonly string[]): boolean {
  const node = document.getIn(path);
  return isMap(node) && node.has("enabled");
}
