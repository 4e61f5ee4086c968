import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pack, type Pack } from "tar-stream";
import type { DiskFile, LayerEntry } from "./image-files";
import type { Image } from "./image-table";

/** What makes two archives of the same files differ, fixed. */
const REPRODUCIBLE = { uid: 0, gid: 0, mtime: new Date(0) } as const;

/**
 * Writes an image with one layer as the archive that `docker load` and `ctr images import` read: an
 * uncompressed tar of config.json, layer.tar and manifest.json. Equal inputs give equal bytes.
 *
 * @param archive file to write; `<archive>.layer` is used on the way
 * @param goArchitecture `amd64` or `arm64`
 */
export async function writeImageArchive(
  archive: string,
  image: Image,
  entries: readonly LayerEntry[],
  goArchitecture: string,
): Promise<void> {
  const layer = `${archive}.layer`;
  const digest = createHash("sha256");
  await writeTar(layer, (tar) => addLayerEntries(tar, entries), digest);
  const config = imageConfig(image, goArchitecture, `sha256:${digest.digest("hex")}`);
  await writeTar(archive, async (tar) => {
    await addText(tar, "config.json", JSON.stringify(config));
    await addDiskFile(tar, "layer.tar", 0o644, { file: layer, size: (await stat(layer)).size });
    await addText(
      tar,
      "manifest.json",
      JSON.stringify([{ Config: "config.json", RepoTags: [image.name], Layers: ["layer.tar"] }]),
    );
  });
  await rm(layer);
}

/** The image configuration of the OCI image specification, as far as the lab needs it. */
export const imageConfig = (
  image: Image,
  goArchitecture: string,
  layerDigest: string,
): Readonly<Record<string, unknown>> => ({
  architecture: goArchitecture,
  os: "linux",
  config: {
    User: image.user ?? "",
    Env: Object.entries(image.env ?? {}).map(([name, value]) => `${name}=${value}`),
    Entrypoint: image.entrypoint,
    WorkingDir: "/",
  },
  rootfs: { type: "layers", diff_ids: [layerDigest] },
});

async function addLayerEntries(tar: Pack, entries: readonly LayerEntry[]): Promise<void> {
  for (const entry of entries) {
    switch (entry.type) {
      case "directory":
        tar.entry({ ...REPRODUCIBLE, type: "directory", name: entry.path, mode: entry.mode });
        break;
      case "symlink":
        tar.entry({
          ...REPRODUCIBLE,
          type: "symlink",
          name: entry.path,
          linkname: entry.target,
          mode: 0o777,
        });
        break;
      case "file":
        if ("text" in entry.content) {
          await addText(tar, entry.path, entry.content.text, entry.mode);
        } else {
          await addDiskFile(tar, entry.path, entry.mode, entry.content);
        }
    }
  }
}

function addText(tar: Pack, name: string, text: string, mode = 0o644): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry({ ...REPRODUCIBLE, name, mode }, text, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

async function addDiskFile(
  tar: Pack,
  name: string,
  mode: number,
  { file, size }: Pick<DiskFile, "file" | "size">,
): Promise<void> {
  await pipeline(createReadStream(file), tar.entry({ ...REPRODUCIBLE, name, mode, size }));
}

async function writeTar(
  file: string,
  fill: (tar: Pack) => Promise<void>,
  digest?: Hash,
): Promise<void> {
  const tar = pack();
  const written = pipeline(tar, passingThrough(digest), createWriteStream(file));
  const filled = fill(tar).then(
    () => tar.finalize(),
    (error: unknown) => tar.destroy(error as Error),
  );
  await Promise.all([written, filled]);
}

const passingThrough = (digest?: Hash): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      digest?.update(chunk);
      done(null, chunk);
    },
  });
