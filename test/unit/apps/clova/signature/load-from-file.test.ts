import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadFromFile } from "../../../../../apps/clova/src/signature/load-from-file";
import { newKeys } from "../keys";

describe("keys from a file", () => {
  let folder = "";
  before(async () => (folder = await mkdtemp(join(tmpdir(), "keys-"))));
  after(() => rm(folder, { recursive: true }));

  it("are the same until the file changes", async () => {
    const file = join(folder, "key.pem");
    const load = loadFromFile(file);
    await assert.rejects(load(undefined), { code: "ENOENT" });
    await writeFile(file, newKeys(1024).pem);
    const first = await load(undefined);
    assert.equal(await load(first), first);
    await writeFile(file, newKeys(1024).pem);
    const second = await load(first);
    assert.notDeepEqual(second.pem, first.pem);
    assert.equal(second.keys.length, 1);
  });
});
