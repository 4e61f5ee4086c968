import assert from "node:assert/strict";
import {
  isOlder,
  platformObstacles,
  type PlatformFacts,
  type PlatformNeeds,
} from "../../../../lab/build/platform";
import {
  parseAvailableMemory,
  parseCapabilities,
  parseOsRelease,
} from "../../../../lab/build/platform-facts";

const fresh: PlatformFacts = {
  os: "linux",
  arch: "x64",
  osRelease: { ID: "debian", VERSION_ID: "12", PRETTY_NAME: "Debian GNU/Linux 12 (bookworm)" },
  uid: 0,
  capabilities: (1n << 41n) - 1n,
  nodeVersion: "20.19.0",
  go: { version: "1.26.0", fetchesToolchains: false },
  hasPython: true,
  hasPip: true,
  cache: "/root/.cache/lab",
  freeDiskMebibytes: 20_000,
  availableMemoryMebibytes: 7000,
};

const cold: PlatformNeeds = {
  diskMebibytes: 12_000,
  memoryMebibytes: 5000,
  go: true,
  python: true,
};
const warm: PlatformNeeds = { diskMebibytes: 0, memoryMebibytes: 5000, go: false, python: false };

const found = (facts: Partial<PlatformFacts>, needs = cold): string[] =>
  platformObstacles({ ...fresh, ...facts }, needs);

describe("platform of the lab", () => {
  it("is fine on a fresh Debian 12 machine", () => {
    assert.deepEqual(found({}), []);
  });

  for (const [what, facts, sentence] of [
    ["another system", { os: "darwin", osRelease: {} }, /this is darwin on x64: run it on/],
    ["another processor", { arch: "riscv64" }, /this is linux on riscv64: run it on/],
    [
      "another distribution",
      { osRelease: { ID: "fedora", PRETTY_NAME: "Fedora Linux 42" } },
      /this is Fedora Linux 42: run it on Debian 12/,
    ],
    ["an old Debian", { osRelease: { ID: "debian", VERSION_ID: "11" } }, /run it on Debian 12/],
    ["an ordinary user", { uid: 1000 }, /only root may: run it as root/],
    ["a container without rights", { capabilities: 0n }, /CAP_NET_ADMIN and CAP_SYS_ADMIN/],
    ["an old Node.js", { nodeVersion: "20.18.3" }, /Node.js 20.19.0 or newer, this is 20.18.3/],
    ["no Go", { go: undefined }, /no `go` on the PATH: install Go 1.26.0/],
    [
      "an old Go",
      { go: { version: "1.19.8", fetchesToolchains: false } },
      /this is 1.19.8: install a newer one from https:\/\/go.dev\/dl\/\.$/,
    ],
    [
      "an older Go that may fetch a newer one",
      { go: { version: "1.24.4", fetchesToolchains: false } },
      /this is 1.24.4: .* or set GOTOOLCHAIN=auto/,
    ],
    ["no Python", { hasPython: false, hasPip: false }, /no `python3` .*apt-get install python3/],
    ["no pip", { hasPip: false }, /no pip .*apt-get install python3 python3-pip/],
    ["a full disk", { freeDiskMebibytes: 2048 }, /11.7 GiB of free disk .* there are 2.0 GiB/],
    ["little memory", { availableMemoryMebibytes: 1024 }, /4.9 GiB of available memory/],
  ] as const satisfies readonly (readonly [string, Partial<PlatformFacts>, RegExp])[]) {
    it(`says in one sentence what to do about ${what}`, () => {
      const sentences = found(facts);
      assert.equal(sentences.length, 1, sentences.join("\n"));
      assert.match(sentences[0] ?? "", sentence);
      assert.match(sentences[0] ?? "", /^[A-Z][^\n]*: [^\n]+\.$/);
    });
  }

  it("names all obstacles at once", () => {
    assert.equal(
      found({ uid: 1000, go: undefined, hasPip: false, freeDiskMebibytes: 0 }).length,
      4,
    );
  });

  it("asks for no Go, no Python and no disk when everything is cached", () => {
    assert.deepEqual(
      found({ go: undefined, hasPython: false, hasPip: false, freeDiskMebibytes: 0 }, warm),
      [],
    );
  });

  it("takes systems based on Debian, and Debian without a version", () => {
    assert.deepEqual(found({ osRelease: { ID: "linuxmint", ID_LIKE: "ubuntu debian" } }), []);
    assert.deepEqual(found({ osRelease: { ID: "debian" } }), []);
  });

  it("takes an older Go that fetches the one a module asks for", () => {
    assert.deepEqual(found({ go: { version: "1.24.4", fetchesToolchains: true } }), []);
  });

  it("compares versions by number", () => {
    assert.equal(isOlder("1.9", "1.26.0"), true);
    assert.equal(isOlder("1.26", "1.26.0"), false);
    assert.equal(isOlder("1.27rc1", "1.26.0"), false);
    assert.equal(isOlder("22.1.0", "20.19.0"), false);
  });
});

describe("facts about a machine", () => {
  it("come from os-release with or without quotes", () => {
    assert.deepEqual(parseOsRelease("ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME='A b'\n"), {
      ID: "debian",
      VERSION_ID: "12",
      PRETTY_NAME: "A b",
    });
  });

  it("come from /proc", () => {
    assert.equal(parseCapabilities("CapPrm:\t0\nCapEff:\t00000000a80425fb\n"), 0xa80425fbn);
    assert.equal(parseAvailableMemory("MemTotal: 9 kB\nMemAvailable:    2048 kB\n"), 2);
    assert.equal(parseAvailableMemory(""), Infinity);
  });
});
