import { readdir, readlink, stat } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import type { Image, ImageFile } from "./image-table";
import { linkedLibraries } from "./ldd";

/** One entry of an image's layer; `path` is relative to the root and sorts parents before children. */
export type LayerEntry =
  | { readonly type: "directory"; readonly path: string; readonly mode: number }
  | { readonly type: "symlink"; readonly path: string; readonly target: string }
  | {
      readonly type: "file";
      readonly path: string;
      readonly mode: number;
      readonly content: { readonly text: string } | DiskFile;
    };

export interface DiskFile {
  readonly file: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Folders that every image has: mount points of the runtime, and one for temporary files. */
const BASE_FOLDERS: readonly LayerEntry[] = [
  ...["dev", "etc", "proc", "run", "sys", "var"].map((path): LayerEntry => ({
    type: "directory",
    path,
    mode: 0o755,
  })),
  { type: "directory", path: "tmp", mode: 0o1777 },
];

/**
 * Everything in the layer of `image`, each path once, in the order of the tar.
 *
 * @param libraryFolders where shared libraries are looked for before the system's folders
 */
export async function layerEntries(
  image: Image,
  libraryFolders: readonly string[],
): Promise<LayerEntry[]> {
  const entries = new Map<string, LayerEntry>();
  const add = (entry: LayerEntry): void => {
    entries.set(entry.path, entry);
  };
  BASE_FOLDERS.forEach(add);
  for (const file of image.files) {
    for (const entry of await expand(file, libraryFolders)) {
      parentsOf(entry.path)
        .filter((path) => !entries.has(path))
        .forEach((path) => add({ type: "directory", path, mode: 0o755 }));
      add(entry);
    }
  }
  return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function expand(
  file: ImageFile,
  libraryFolders: readonly string[],
): Promise<readonly LayerEntry[]> {
  switch (file.kind) {
    case "program": {
      const program = await diskEntry(file.from, file.to, 0o755);
      const libraries = await linkedLibraries(file.from, libraryFolders);
      const linked = libraries.map((library) => diskEntry(library.file, library.path, 0o755));
      return [program, ...(await Promise.all(linked))];
    }
    case "file":
      return [await diskEntry(file.from, file.to, 0o644)];
    case "folder":
      return folderEntries(file.from, file.to);
    case "text":
      return [{ type: "file", path: relative(file.to), mode: 0o644, content: { text: file.text } }];
    case "link":
      return [{ type: "symlink", path: relative(file.to), target: file.target }];
  }
}

async function folderEntries(from: string, to: string): Promise<LayerEntry[]> {
  const found = await readdir(from, { withFileTypes: true });
  const entries = await Promise.all(
    found.map(async (child): Promise<LayerEntry[]> => {
      const source = join(from, child.name);
      const target = posix.join(to, child.name);
      if (child.isDirectory()) {
        return folderEntries(source, target);
      }
      return child.isSymbolicLink()
        ? [{ type: "symlink", path: relative(target), target: await readlink(source) }]
        : [await diskEntry(source, target, 0o644)];
    }),
  );
  return entries.flat();
}

async function diskEntry(file: string, to: string, mode: number): Promise<LayerEntry> {
  const { size, mtimeMs } = await stat(file);
  return { type: "file", path: relative(to), mode, content: { file, size, mtimeMs } };
}

const relative = (path: string): string => path.replace(/^\/+/, "");

function parentsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === "." ? [] : [...parentsOf(parent), parent];
}
