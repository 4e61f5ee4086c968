import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file, readable by root only, unless it holds `content` already.
 *
 * containerd and kube-proxy watch their files: an unnecessary write would restart them. Nobody ever sees half a file.
 */
export async function writePrivate(file: string, content: string): Promise<void> {
  if ((await readFile(file, "utf8").catch(() => undefined)) === content) {
    return;
  }
  const unfinished = `${file}.new`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(unfinished, content, { mode: 0o600 });
  await rename(unfinished, file);
}
