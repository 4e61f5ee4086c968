import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasImage, imageId, parseImageList } from "../../../../lab/cluster/images";

describe("imageId", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "image-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const archive = (files: Record<string, string>): string => {
    Object.entries(files).forEach(([name, content]) => writeFileSync(join(folder, name), content));
    const path = join(folder, "image.tar");
    execFileSync("tar", ["-cf", path, ...Object.keys(files)], { cwd: folder });
    return path;
  };

  it("is the digest of the image's configuration, wherever in the archive that is", async () => {
    const config = JSON.stringify({ architecture: "amd64" });
    const path = archive({
      "layer.tar": "x".repeat(5000),
      "manifest.json": JSON.stringify([{ Config: "config.json", RepoTags: ["a:1"], Layers: [] }]),
      "config.json": config,
    });
    const digest = createHash("sha256").update(config).digest("hex");
    assert.equal(await imageId(path), `sha256:${digest}`);
  });

  it("refuses an archive of something else, saying what to do", async () => {
    const path = archive({ "hello.txt": "hello" });
    await assert.rejects(imageId(path), {
      name: "UserError",
      message: `${path} is no image archive in docker-archive form: delete it and run \`npm run lab\` again`,
    });
  });
});

describe("hasImage", () => {
  const present = parseImageList(`REF TYPE DIGEST SIZE PLATFORMS LABELS
a:1 application/vnd.docker.distribution.manifest.v2+json sha256:m1 1.0 KiB linux/amd64 -
a:2 application/vnd.docker.distribution.manifest.v2+json sha256:m2 1.0 KiB linux/amd64 -
sha256:c1 application/vnd.docker.distribution.manifest.v2+json sha256:m1 1.0 KiB linux/amd64 -
`);

  it("is true for a name that points to the image of this id", () => {
    assert(hasImage(present, "a:1", "sha256:c1"));
  });

  it("is false for another name of that image, for new content and for an unknown name", () => {
    assert(!hasImage(present, "a:2", "sha256:c1"));
    assert(!hasImage(present, "a:1", "sha256:c9"));
    assert(!hasImage(present, "b:1", "sha256:c9"));
  });
});
