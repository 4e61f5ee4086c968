import assert from "node:assert/strict";
import {
  parseCgroupPaths,
  parseEnviron,
  parseMounts,
  parseStat,
} from "../../../../lab/cluster/procfs";
import { scopeOf } from "../../../../lab/cluster/process";

describe("parseStat", () => {
  const fields = `S 1 ${Array.from({ length: 17 }, (_, index) => index).join(" ")} 987654 0 0`;

  it("reads state and start time", () => {
    assert.deepEqual(parseStat(`4711 (kubelet) ${fields}`), { state: "S", startTime: 987654 });
  });

  it("is not misled by a command with spaces and parentheses", () => {
    assert.deepEqual(parseStat(`4711 (a) b (c) Z) ${fields}`), { state: "S", startTime: 987654 });
  });

  it("has no state for a process that is gone", () => {
    assert.equal(parseStat("").state, "");
  });
});

describe("parseMounts", () => {
  it("undoes the octal escapes of spaces", () => {
    assert.deepEqual(parseMounts("tmpfs /a\\040b tmpfs rw 0 0\n"), [
      { source: "tmpfs", target: "/a b", type: "tmpfs" },
    ]);
  });
});

describe("parseCgroupPaths", () => {
  it("keeps colons of a path", () => {
    assert.deepEqual(parseCgroupPaths("4:memory:/a:b\n0::/c\n"), ["/a:b", "/c"]);
  });
});

describe("parseEnviron", () => {
  it("splits at the first equals sign", () => {
    assert.deepEqual(
      [...parseEnviron("A=1=2\0B=\0")],
      [
        ["A", "1=2"],
        ["B", ""],
      ],
    );
  });
});

describe("scopeOf", () => {
  it("knows a process that the lab started by its environment", () => {
    assert.equal(scopeOf("PATH=/bin\0MESH_LAB_SCOPE=nhn\0", "0::/user.slice\n"), "nhn");
  });

  it("knows a container by its cgroup, on v1 and on v2", () => {
    assert.equal(scopeOf("", "5:memory:/mesh-lab/ncloud/kubepods/burstable/pod1/abc\n"), "ncloud");
    assert.equal(scopeOf("", "0::/mesh-lab/ncloud/kubepods/pod1/abc\n"), "ncloud");
  });

  it("leaves everybody else's processes alone", () => {
    assert.equal(
      scopeOf("PATH=/var/lib/mesh-lab\0", "0::/x/mesh-lab/y\n5:cpu:/mesh-labs/a\n"),
      undefined,
    );
  });
});
