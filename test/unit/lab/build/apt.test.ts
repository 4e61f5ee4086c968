import assert from "node:assert/strict";
import { parseCandidates, parseInstalls } from "../../../../lab/build/apt";

describe("apt's answers", () => {
  it("give the version it offers of each package that it knows", () => {
    const policy = [
      "runc:",
      "  Installed: (none)",
      "  Candidate: 1.1.5+ds1-1+deb12u1",
      "  Version table:",
      "     1.1.5+ds1-1+deb12u1 500",
      "        500 http://deb.debian.org/debian bookworm/main amd64 Packages",
      "ghost:",
      "  Installed: (none)",
      "  Candidate: (none)",
      "",
    ].join("\n");
    assert.deepEqual([...parseCandidates(policy)], [["runc", "1.1.5+ds1-1+deb12u1"]]);
    assert.equal(parseCandidates("").size, 0);
  });

  it("name the packages that the host lacks", () => {
    const simulation = [
      "The following NEW packages will be installed:",
      "Inst libnftnl11 (1.2.4-2 Debian:12.15/oldstable [amd64])",
      "Inst libmnl0 [1.0.4-2] (1.0.4-3 Debian:12.15/oldstable [amd64])",
      "Conf libnftnl11 (1.2.4-2 Debian:12.15/oldstable [amd64])",
    ].join("\n");
    assert.deepEqual(parseInstalls(simulation), ["libnftnl11", "libmnl0"]);
  });
});
