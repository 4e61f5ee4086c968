import assert from "node:assert/strict";
import { HOST_TOOLS, lackingPackages } from "../../../../lab/build/host";

describe("host packages", () => {
  it("are none where every tool is there, and each one once where none is", () => {
    assert.deepEqual(
      lackingPackages(() => true),
      [],
    );
    assert.deepEqual(
      lackingPackages(() => false).sort(),
      [...new Set(Object.values(HOST_TOOLS))].sort(),
    );
    assert.deepEqual(
      lackingPackages((tool) => tool !== "ip"),
      ["iproute2"],
    );
  });
});
