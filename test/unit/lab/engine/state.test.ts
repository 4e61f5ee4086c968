import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockStack } from "../../../../lab/engine/lock";
import { readState, stateFile, StateStore, type ResourceState } from "../../../../lab/engine/state";
import { temporaryFolder } from "./support";

const resource = (urn: string): ResourceState => ({
  urn,
  type: "t",
  name: urn,
  id: urn,
  dependencies: [],
  inputsDigest: "",
  memo: {},
  outputs: { key: "value" },
  secretOutputs: ["key"],
});

describe("StateStore", () => {
  const folder = temporaryFolder();
  const open = (): StateStore => StateStore.open(folder.path, "mesh", "dev");

  it("writes every change at once, to a file that only its owner reads", () => {
    const store = open();
    store.put(resource("a"));
    store.put(resource("b"));
    store.setOutputs({ x: 1 }, ["x"]);
    assert.deepEqual(
      open()
        .list()
        .map(({ urn }) => urn),
      ["a", "b"],
    );
    store.remove("a");
    const state = readState(store.file);
    assert.deepEqual(state?.resources, [resource("b")]);
    assert.deepEqual([state?.outputs, state?.secretOutputs], [{ x: 1 }, ["x"]]);
    assert.equal(statSync(store.file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder.path), ["dev.json"]);
  });

  it("replaces the file instead of writing into it, so no reader ever sees half of it", () => {
    const store = open();
    store.put(resource("a"));
    const before = statSync(store.file).ino;
    store.put(resource("b"));
    assert.notEqual(statSync(store.file).ino, before);
  });

  it("is not disturbed by what a run that was killed left half-written", () => {
    const store = open();
    store.put(resource("a"));
    writeFileSync(`${store.file}.next`, '{"format": 1, "resou', { mode: 0o644 });
    const again = open();
    assert.equal(again.list().length, 1);
    again.put(resource("b"));
    assert.equal(open().list().length, 2);
    assert.equal(statSync(store.file).mode & 0o777, 0o600);
  });

  it("says which file is no state file and writes nothing over it", () => {
    const file = stateFile(folder.path, "dev");
    writeFileSync(file, "broken");
    assert.throws(
      open,
      /dev\.json is not a state file of the lab's engine: put the right one back/,
    );
    assert.equal(readFileSync(file, "utf8"), "broken");
  });
});

describe("lockStack", () => {
  const folder = temporaryFolder();

  it("lets one run at a stack and the next one after it", () => {
    const file = stateFile(folder.path, "dev");
    const unlock = lockStack(file, "dev");
    assert.throws(() => lockStack(file, "dev"), {
      message: `stack dev is being changed by process ${process.pid}: wait until it has ended`,
    });
    unlock();
    lockStack(file, "dev")();
  });

  it("takes over the lock of a process that is gone, even if another one has its number", () => {
    const file = stateFile(folder.path, "dev");
    for (const holder of ["999999999 1", `${process.pid} 1`, ""]) {
      writeFileSync(join(folder.path, "dev.json.lock"), holder);
      lockStack(file, "dev")();
    }
  });
});
