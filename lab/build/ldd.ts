import { basename, join } from "node:path";
import { realpathSync } from "node:fs";
import { CommandError, exec } from "../exec";
import { architecture } from "./architecture";

/** A shared library, or the loader itself, as a program needs it. */
export interface Library {
  /** Real path of the file on this machine. */
  readonly file: string;
  /** Where a program in an image looks for it. */
  readonly path: string;
}

/**
 * Reads what `ldd` prints of a program.
 *
 * @returns the paths on this machine, as the loader finds them
 * @throws Error naming the libraries that are not found
 */
export function parseLdd(output: string): string[] {
  const missing = [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
  if (missing.length > 0) {
    throw new Error(`shared libraries not found: ${missing.join(", ")}`);
  }
  return [...output.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x/gm)].map((match) => match[1] ?? "");
}

/** The loader looks only in the standard folders, wherever the library comes from. */
export const libraryPath = (found: string, multiarch: string): string =>
  /^(\/usr)?\/lib(32|64|x32)?\//.test(found) ? found : join("/usr/lib", multiarch, basename(found));

/**
 * Shared libraries that `program` is linked to, none for a static one. What a program loads later
 * by itself (plugins, name services) is not among them.
 *
 * @param libraryFolders searched before the system's
 */
export async function linkedLibraries(
  program: string,
  libraryFolders: readonly string[],
): Promise<Library[]> {
  const output = await exec("ldd", [program], {
    env: { LC_ALL: "C", LD_LIBRARY_PATH: libraryFolders.join(":") },
  }).catch((error: unknown) => {
    if (error instanceof CommandError && /not a dynamic executable/.test(error.output)) {
      return "";
    }
    throw error;
  });
  const { multiarch } = architecture();
  return parseLdd(output).map((found) => ({
    file: realpathSync(found),
    path: libraryPath(found, multiarch),
  }));
}
