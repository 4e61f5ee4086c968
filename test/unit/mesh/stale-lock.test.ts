import assert from "node:assert/strict";
import { isStale, lockHolders } from "../../../mesh/stale-lock";

const MESSAGE = `error: the stack is currently locked by 2 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  file:///state/.pulumi/locks/organization/mesh/nhn/a.json: created by root@here (pid 29549) at 2026-11-21T07:14:36Z
  file:///state/.pulumi/locks/organization/mesh/nhn/b.json: created by ci@there (pid 7) at 2026-11-21T07:14:36Z`;

describe("a stack's lock", () => {
  it("names its holders", () => {
    assert.deepEqual(lockHolders(MESSAGE), [
      { host: "here", pid: 29549 },
      { host: "there", pid: 7 },
    ]);
    assert.deepEqual(lockHolders("error: no luck"), []);
  });

  it("is stale only if all its holders were processes of this machine, and are gone", () => {
    const dead = () => false;
    assert(isStale([{ host: "here", pid: 1 }], "here", dead));
    assert(!isStale([{ host: "here", pid: 1 }], "here", () => true));
    assert(!isStale(lockHolders(MESSAGE), "here", dead), "another machine's may still run");
    assert(!isStale([], "here", dead), "an error that isn't about locks");
  });
});
