import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeFolder } from "../../../../lab/render/output-folder";
import { temporaryFolder } from "../engine/support";

describe("writeFolder", () => {
  const folder = temporaryFolder();
  const out = (): string => join(folder.path, "out");
  const file = (path: string): string => join(out(), path);

  it("writes what changed and removes what is no longer due, with its empty folders", () => {
    writeFolder(
      out(),
      "ncloud",
      new Map([
        ["a/b/x.yaml", "1"],
        ["a/y.yaml", "1"],
        ["z.yaml", "1"],
      ]),
    );
    const before = statSync(file("z.yaml")).mtimeMs;
    const result = writeFolder(
      out(),
      "ncloud",
      new Map([
        ["a/y.yaml", "2"],
        ["z.yaml", "1"],
      ]),
    );
    assert.deepEqual(result, { written: ["a/y.yaml"], removed: ["a/b/x.yaml"] });
    assert.ok(!existsSync(file("a/b")));
    assert.equal(readFileSync(file("a/y.yaml"), "utf8"), "2");
    assert.equal(statSync(file("z.yaml")).mtimeMs, before);
  });

  it("leaves files of others in its folder alone", () => {
    writeFolder(out(), "ncloud", new Map([["a/x.yaml", "1"]]));
    writeFileSync(file("a/README.md"), "mine");
    writeFolder(out(), "ncloud", new Map());
    assert.equal(readFileSync(file("a/README.md"), "utf8"), "mine");
    assert.ok(!existsSync(file("a/x.yaml")));
  });

  it("refuses a folder with content that no render made, and one of another stack", () => {
    mkdirSync(out());
    writeFileSync(file("precious"), "");
    assert.throws(() => writeFolder(out(), "ncloud", new Map()), {
      message: `${out()} has content that no render made: name a folder that is empty or new`,
    });
    const other = join(folder.path, "other");
    writeFolder(other, "nhn", new Map());
    assert.throws(() => writeFolder(other, "ncloud", new Map()), {
      message: `${other} holds the render of stack nhn: name another folder for ncloud`,
    });
  });

  it("removes nothing outside its folder, whatever its own list says", () => {
    writeFolder(out(), "ncloud", new Map());
    const precious = join(folder.path, "precious");
    writeFileSync(precious, "");
    writeFileSync(
      file(".render.json"),
      JSON.stringify({ stack: "ncloud", files: ["../precious", precious] }),
    );
    writeFolder(out(), "ncloud", new Map());
    assert.ok(existsSync(precious));
  });
});
