import { mkdir, readFile, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { paths } from "../paths";
import { labFiles } from "./layout";

/** Makes a folder outside the run folder and remembers which parts of its path were not there before. */
export async function createFolder(folder: string): Promise<void> {
  const missing = await missingAncestors(folder);
  if (missing.length === 0) {
    return;
  }
  await mkdir(paths.run, { recursive: true });
  const known = await createdFolders();
  await writeFile(labFiles.createdFolders, JSON.stringify([...new Set([...known, ...missing])]));
  await mkdir(folder, { recursive: true });
}

/** Parents before children. */
export async function createdFolders(): Promise<string[]> {
  try {
    return JSON.parse(await readFile(labFiles.createdFolders, "utf8")) as string[];
  } catch {
    return [];
  }
}

/** Removes what {@link createFolder} made, unless somebody else put something into it since. */
export async function removeCreatedFolders(): Promise<void> {
  for (const folder of (await createdFolders()).reverse()) {
    await rmdir(folder).catch(() => undefined);
  }
}

async function missingAncestors(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (let path = folder; !(await exists(path)); path = dirname(path)) {
    missing.unshift(path);
  }
  return missing;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
