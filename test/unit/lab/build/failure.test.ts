import assert from "node:assert/strict";
import { UserError } from "../../../../config/errors";
import { explained } from "../../../../lab/build/failure";
import { CommandError } from "../../../../lab/exec";

describe("failures of tools", () => {
  const failed = (output: string): unknown =>
    explained("Envoy", new CommandError("pip download", 1, output));

  for (const [cause, output] of [
    ["cannot be reached", "dial tcp: lookup proxy.golang.org: no such host"],
    ["cannot be reached", "Temporary failure resolving 'deb.debian.org'"],
    ["cannot be reached", "NewConnectionError: Failed to establish a new connection: [Errno 101]"],
    [
      "another checksum",
      "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
    ],
    ["another checksum", "verifying k8s.io/api@v0.33.4: checksum mismatch"],
    ["disk is full", "write /cache/x: no space left on device"],
    ["using apt", "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 42"],
    ["memory ran out", "go build k8s.io/api: compile: signal: killed"],
  ] as const) {
    it(`are one sentence with what to do: ${output}`, () => {
      const error = failed(output);
      assert.ok(error instanceof UserError);
      assert.match(error.message, new RegExp(`^Envoy failed because .*${cause}.*: .+\\.$`));
    });
  }

  it("name a command that isn't there", () => {
    const missing = Object.assign(new Error(), {
      code: "ENOENT",
      syscall: "spawn dpkg-deb",
      path: "dpkg-deb",
    });
    assert.match(String(explained("Debian packages", missing)), /there is no `dpkg-deb`/);
  });

  it("stay as they are when nobody knows what they mean", () => {
    const error = new CommandError("go build", 1, "undefined: x");
    assert.equal(explained("Istio", error), error);
  });
});
