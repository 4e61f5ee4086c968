import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { extract, type Header } from "tar-stream";
import { writeImageArchive } from "../../../../lab/build/image-archive";
import { layerEntries } from "../../../../lab/build/image-files";
import type { Image } from "../../../../lab/build/image-table";

interface TarEntry {
  readonly header: Header;
  readonly content: Buffer;
}

async function readTar(stream: Readable): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  for await (const entry of stream.pipe(extract())) {
    entries.push({ header: entry.header, content: await buffer(entry) });
  }
  return entries;
}

describe("image archive", () => {
  let folder: string;
  let image: Image;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lab-image-"));
    await mkdir(join(folder, "data/deep"), { recursive: true });
    await writeFile(join(folder, "data/deep/b"), "b".repeat(100_000));
    await writeFile(join(folder, "data/a"), "a");
    await symlink("a", join(folder, "data/link"));
    await writeFile(join(folder, "secret"), "s", { mode: 0o600 });
    image = {
      name: "example.test/thing:1.0",
      entrypoint: ["/bin/node", "x.js"],
      user: "65532:65532",
      env: { PATH: "/bin" },
      files: [
        { kind: "folder", from: join(folder, "data"), to: "/opt/data" },
        { kind: "file", from: join(folder, "secret"), to: "/etc/thing" },
        { kind: "text", text: "root:x:0:0\n", to: "/etc/passwd" },
        { kind: "link", target: "node", to: "/bin/nodejs" },
        { kind: "program", from: "/usr/bin/env", to: "/bin/node" },
      ],
    };
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const write = async (name: string): Promise<string> => {
    const archive = join(folder, name);
    await writeImageArchive(archive, image, await layerEntries(image, []), "amd64");
    return archive;
  };

  it("has the same bytes whenever and in whatever order it is made", async () => {
    const first = await write("first.tar");
    await utimes(join(folder, "data/a"), 1, 1);
    image = { ...image, files: image.files.toReversed() };
    const second = await write("second.tar");
    const digest = async (file: string): Promise<string> =>
      createHash("sha256")
        .update(await readFile(file))
        .digest("hex");
    assert.equal(await digest(first), await digest(second));
  });

  it("holds a configuration and a layer that fit together", async () => {
    const entries = await readTar(createReadStream(await write("image.tar")));
    const content = new Map(entries.map((entry) => [entry.header.name, entry.content]));
    assert.deepEqual([...content.keys()], ["config.json", "layer.tar", "manifest.json"]);
    const layer = content.get("layer.tar") ?? Buffer.of();
    assert.deepEqual(JSON.parse(String(content.get("manifest.json"))), [
      { Config: "config.json", RepoTags: ["example.test/thing:1.0"], Layers: ["layer.tar"] },
    ]);
    assert.deepEqual(JSON.parse(String(content.get("config.json"))), {
      architecture: "amd64",
      os: "linux",
      config: {
        User: "65532:65532",
        Env: ["PATH=/bin"],
        Entrypoint: ["/bin/node", "x.js"],
        WorkingDir: "/",
      },
      rootfs: {
        type: "layers",
        diff_ids: [`sha256:${createHash("sha256").update(layer).digest("hex")}`],
      },
    });
  });

  it("holds every file, readable by any user and of no date, its folders before it", async () => {
    const [, layer] = await readTar(createReadStream(await write("layer.tar")));
    const entries = await readTar(Readable.from([layer?.content ?? Buffer.of()]));
    const headers = new Map(entries.map(({ header }) => [header.name.replace(/\/$/, ""), header]));
    const names = [...headers.keys()];
    assert.deepEqual(names, names.toSorted());
    assert.equal(names.length, entries.length);
    for (const { header } of entries) {
      assert.deepEqual([header.uid, header.gid, header.mtime?.getTime()], [0, 0, 0]);
      assert.equal((header.mode ?? 0) & 0o044, 0o044, header.name);
    }
    assert.equal(headers.get("tmp")?.mode, 0o1777);
    assert.equal(headers.get("opt/data/deep")?.type, "directory");
    assert.equal(headers.get("opt/data/deep/b")?.size, 100_000);
    assert.equal(headers.get("opt/data/link")?.linkname, "a");
    assert.equal(headers.get("bin/nodejs")?.linkname, "node");
    assert.equal(headers.get("bin/node")?.mode, 0o755);
    assert.ok(names.some((name) => /\/libc\.so\.6$/.test(name)));
  });
});
