import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  cleanCache,
  isComplete,
  keyOf,
  removeOtherKeys,
  writeEntry,
} from "../../../../lab/build/entry";

describe("cache entry", () => {
  let cache: string;
  let entry: string;

  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), "lab-cache-"));
    entry = join(cache, `tool-1.0-${keyOf("a")}`);
  });
  afterEach(() => rm(cache, { recursive: true, force: true }));

  const write = (): Promise<void> =>
    writeEntry(entry, (folder) => writeFile(join(folder, "file"), "whole"));

  it("is there, whole, once it is written", async () => {
    await write();
    assert.equal(isComplete(entry), true);
    assert.equal(await readFile(join(entry, "file"), "utf8"), "whole");
    assert.deepEqual(await readdir(cache), [`tool-1.0-${keyOf("a")}`]);
  });

  it("is not written a second time", async () => {
    await write();
    await writeEntry(entry, () => assert.fail("written again"));
  });

  it("is not there, nor any trace of it, when writing it fails", async () => {
    await assert.rejects(
      writeEntry(entry, () => Promise.reject(new Error("out of luck"))),
      /out of luck/,
    );
    assert.deepEqual(await readdir(cache), []);
  });

  it("is not there after a kill -9 half-way, and the next run repairs it", async () => {
    const module = join(__dirname, "../../../../lab/build/entry.ts");
    const script = `require(${JSON.stringify(module)}).writeEntry(${JSON.stringify(entry)}, async (folder) => {
      require("node:fs").writeFileSync(folder + "/file", "ha");
      console.log("half-way");
      await new Promise(() => setInterval(() => undefined, 1000));
    })`;
    const loader = join(__dirname, "../../../../loader/typescript.cjs");
    const child = spawn(process.execPath, ["--require", loader, "--eval", script]);
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");

    assert.equal(isComplete(entry), false);
    assert.equal((await readdir(cache)).length, 1);
    await write();
    assert.deepEqual(await readdir(cache), [`tool-1.0-${keyOf("a")}`]);
    assert.equal(await readFile(join(entry, "file"), "utf8"), "whole");
  });

  it("replaces entries of its own name only", async () => {
    const others = [`tool-1.0-${keyOf("b")}`, `tool-1.1-${keyOf("b")}`, "tool-1.0-notes"];
    await Promise.all(others.map((name) => mkdir(join(cache, name))));
    await write();
    await removeOtherKeys(entry);
    assert.deepEqual(
      (await readdir(cache)).sort(),
      [`tool-1.0-${keyOf("a")}`, `tool-1.1-${keyOf("b")}`, "tool-1.0-notes"].sort(),
    );
  });

  it("goes with the cache, and the folder with the last entry", async () => {
    await write();
    await mkdir(join(cache, "build-caches/modules"), { recursive: true });
    await mkdir(`${entry}.partial-123`);
    await cleanCache(cache);
    assert.equal(existsSync(cache), false);
    await cleanCache(cache);
  });

  it("leaves what somebody else keeps in the same folder", async () => {
    await write();
    await writeFile(join(cache, "letter.txt"), "dear");
    await cleanCache(cache);
    assert.deepEqual(await readdir(cache), ["letter.txt"]);
  });
});

describe("cache key", () => {
  it("is the same for the same inputs and another for any other", () => {
    const key = keyOf("go.mod", { a: 1 });
    assert.match(key, /^[0-9a-f]{12}$/);
    assert.equal(keyOf("go.mod", { a: 1 }), key);
    assert.notEqual(keyOf("go.mod", { a: 2 }), key);
    assert.notEqual(keyOf("go.mod", { b: 1 }), key);
    assert.notEqual(keyOf("go.sum", { a: 1 }), key);
    assert.notEqual(keyOf("go.mod"), key);
  });
});
