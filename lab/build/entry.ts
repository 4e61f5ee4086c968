import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { exec } from "../exec";
import { paths } from "../paths";

/** Name of the folder in the cache that exists only while Go programs are built. */
export const BUILD_CACHES = "build-caches";

const KEY = /-[0-9a-f]{12}$/;
const PARTIAL = /\.partial-(\d+)$/;

/**
 * Key of a cache entry: the same for the same inputs, another one as soon as one input changes.
 *
 * @param inputs JSON values; object keys count in the order in which they are written
 * @returns 12 hexadecimal digits, the end of the entry's name
 */
export function keyOf(...inputs: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 12);
}

/** An entry appears under its own name only when it is complete, so being there is being complete. */
export const isComplete = (entry: string): boolean => existsSync(entry);

/**
 * Makes the cache entry `entry` (an absolute folder): `fill` writes into a folder next to it that
 * takes the entry's name when everything is on disk. A process killed half-way leaves only that
 * folder, which the next call for the same entry removes.
 */
export async function writeEntry(
  entry: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  if (isComplete(entry)) {
    return;
  }
  await removeSiblings(entry, (name) => isAbandoned(name, basename(entry)));
  const partial = `${entry}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  try {
    await fill(partial);
    // Without it a power cut after the rename could leave empty files under the final name.
    await exec("sync", ["--file-system", partial]);
    await rename(partial, entry);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Removes what `entry` replaces: entries of the same name with another key. */
export async function removeOtherKeys(entry: string): Promise<void> {
  const name = basename(entry).replace(KEY, "");
  await removeSiblings(
    entry,
    (sibling) =>
      sibling !== basename(entry) && KEY.test(sibling) && sibling.replace(KEY, "") === name,
  );
}

/**
 * Removes everything that was fetched and built, and the cache folder when nothing else is in it.
 * Entries of other versions go only here: a running lab may still use them.
 */
export async function cleanCache(cache: string = paths.cache): Promise<void> {
  await removeSiblings(join(cache, BUILD_CACHES), isOurs);
  await rmdir(cache).catch((error: NodeJS.ErrnoException) => {
    // Whoever points MESH_LAB_CACHE at a folder with other things in it keeps them.
    if (error.code !== "ENOTEMPTY" && error.code !== "ENOENT") {
      throw error;
    }
  });
}

const isOurs = (name: string): boolean =>
  name === BUILD_CACHES || KEY.test(name.replace(PARTIAL, ""));

async function removeSiblings(entry: string, matches: (name: string) => boolean): Promise<void> {
  const folder = dirname(entry);
  const names = existsSync(folder) ? await readdir(folder) : [];
  for (const name of names.filter(matches)) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Whether `name` is a half-written folder for `entry` whose writer is gone. */
function isAbandoned(name: string, entry: string): boolean {
  const pid = PARTIAL.exec(name)?.[1];
  return pid !== undefined && name.replace(PARTIAL, "") === entry && !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  // A folder of our own number was left by an earlier process that had it.
  return pid !== process.pid && existsSync(`/proc/${pid}`);
}
