import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../../config/errors";
import { isObject } from "../../config/json";

/** Says that a render made the folder's content, and what of it. */
const MARKER = ".render.json";

interface Marker {
  readonly stack: string;
  readonly files: readonly string[];
}

/**
 * Makes a folder hold exactly these files of a stack: writes those that changed and removes those
 * that an earlier render left.
 *
 * @param files texts by their paths below the folder
 * @returns the paths written and removed
 * @throws UserError for a folder with content that no render of this stack made
 */
export function writeFolder(
  folder: string,
  stack: string,
  files: ReadonlyMap<string, string>,
): { readonly written: readonly string[]; readonly removed: readonly string[] } {
  const before = checkFolder(folder, stack);
  const written: string[] = [];
  for (const [path, text] of files) {
    if (writeChanged(join(folder, path), text)) {
      written.push(path);
    }
  }
  const removed = (before?.files ?? []).filter((path) => !files.has(path));
  for (const path of removed) {
    rmSync(join(folder, path), { force: true });
    removeEmpty(dirname(join(folder, path)), folder);
  }
  const marker: Marker = { stack, files: [...files.keys()] };
  writeChanged(join(folder, MARKER), `${JSON.stringify(marker, undefined, 2)}\n`);
  return { written, removed };
}

/**
 * Refuses a folder that a render must not touch, before anything is rendered.
 *
 * @throws UserError
 */
export function checkFolder(folder: string, stack: string): Marker | undefined {
  const marker = readMarker(folder);
  if (marker === undefined && existsSync(folder) && entries(folder).length > 0) {
    throw new UserError(
      `${folder} has content that no render made: name a folder that is empty or new`,
      2,
    );
  }
  if (marker !== undefined && marker.stack !== stack) {
    throw new UserError(
      `${folder} holds the render of stack ${marker.stack}: name another folder for ${stack}`,
      2,
    );
  }
  return marker;
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    throw new UserError(`${folder} is no folder that can be read: name another one`, 2);
  }
}

function readMarker(folder: string): Marker | undefined {
  try {
    const marker: unknown = JSON.parse(readFileSync(join(folder, MARKER), "utf8"));
    return isObject(marker) && typeof marker["stack"] === "string" && Array.isArray(marker["files"])
      ? { stack: marker["stack"], files: marker["files"].map(String).filter(isInside) }
      : undefined;
  } catch {
    return undefined;
  }
}

/** A marker is a file that anybody can edit. */
const isInside = (path: string): boolean =>
  !path.startsWith("/") && !path.split("/").includes("..");

function writeChanged(file: string, text: string): boolean {
  if (existsSync(file) && readFileSync(file, "utf8") === text) {
    return false;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return true;
}

function removeEmpty(folder: string, root: string): void {
  if (folder !== root && existsSync(folder) && readdirSync(folder).length === 0) {
    rmdirSync(folder);
    removeEmpty(dirname(folder), root);
  }
}
