import { createHash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import { UserError } from "../../config/errors";
import { exec } from "../exec";
import type { LabCluster } from "../topology";
import { clusterFiles } from "./layout";
import { inNamespaces } from "./namespaces";
import type { ImageArchive, Toolchain } from "./toolchain";

/** Runs containerd's client against a cluster's containerd, in the namespace that Kubernetes uses. */
export function ctr(
  cluster: LabCluster,
  { binaries, env }: Toolchain,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  const address = clusterFiles(cluster.name).containerdSocket;
  const [program = "", ...rest] = inNamespaces({ netns: cluster.netns, mounts: cluster.name }, [
    binaries.ctr,
    "--address",
    address,
    "--namespace",
    "k8s.io",
    ...args,
  ]);
  return exec(program, rest, { env, ...(signal !== undefined && { signal }) });
}

/**
 * Imports the images that the cluster doesn't have yet, or has under this name with another content.
 *
 * @param onImage called before each import with the image's name
 */
export async function importImages(
  cluster: LabCluster,
  toolchain: Toolchain,
  images: readonly ImageArchive[],
  onImage: (name: string) => void = () => undefined,
  signal?: AbortSignal,
): Promise<void> {
  const present = parseImageList(await ctr(cluster, toolchain, ["images", "list"]));
  for (const image of images) {
    if (!hasImage(present, image.name, await imageId(image.archive))) {
      onImage(image.name);
      await ctr(cluster, toolchain, ["images", "import", image.archive], signal);
    }
  }
}

/** Reference ⇒ digest of what it points to, from `ctr images list`. */
export function parseImageList(text: string): Map<string, string> {
  return new Map(
    text
      .split("\n")
      .slice(1)
      .filter(Boolean)
      .map((line) => {
        const [reference = "", , digest = ""] = line.split(/\s+/);
        return [reference, digest];
      }),
  );
}

/**
 * Whether `name` points to the image of this id.
 *
 * containerd's Kubernetes plugin keeps a second reference to every image, named by its id.
 */
export const hasImage = (present: ReadonlyMap<string, string>, name: string, id: string): boolean =>
  present.has(name) && present.get(name) === present.get(id);

const BLOCK = 512;

/**
 * The id of the one image of a docker-archive: the digest of its configuration.
 *
 * Reads the headers and the configuration only, not the layers.
 *
 * @throws UserError when the file is no docker-archive
 */
export async function imageId(archive: string): Promise<string> {
  const file = await open(archive);
  try {
    const members = await tarMembers(file);
    const manifest = members.get("manifest.json");
    const config = manifest && members.get(configName((await read(file, manifest)).toString()));
    if (config === undefined) {
      throw new UserError(
        `${archive} is no image archive in docker-archive form: delete it and run \`npm run lab\` again`,
      );
    }
    return `sha256:${createHash("sha256")
      .update(await read(file, config))
      .digest("hex")}`;
  } finally {
    await file.close();
  }
}

const configName = (manifest: string): string =>
  (JSON.parse(manifest) as { Config: string }[])[0]?.Config ?? "";

interface Member {
  readonly offset: number;
  readonly size: number;
}

/** Members of a tar (ustar) by name. */
async function tarMembers(file: FileHandle): Promise<Map<string, Member>> {
  const members = new Map<string, Member>();
  for (let position = 0; ;) {
    const header = await read(file, { offset: position, size: BLOCK });
    const name = header.toString("utf8", 0, 100).replace(/\0.*$/s, "");
    if (name === "") {
      return members;
    }
    const size = parseInt(header.toString("ascii", 124, 136), 8);
    members.set(name, { offset: position + BLOCK, size });
    position += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

async function read(file: FileHandle, { offset, size }: Member): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, offset);
  return buffer.subarray(0, bytesRead);
}
