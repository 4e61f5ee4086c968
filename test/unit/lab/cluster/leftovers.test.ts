import assert from "node:assert/strict";
import { cgroupMounts, controllersToDelegate } from "../../../../lab/cluster/cgroups";
import { commandLine, labMounts } from "../../../../lab/cluster/leftovers";

const mount = (target: string, type = "tmpfs") => ({ source: "none", target, type });

describe("labMounts", () => {
  it("finds what is mounted in the run folder and the lab's namespaces, the last one first", () => {
    assert.deepEqual(
      labMounts([
        mount("/"),
        mount("/run/netns"),
        mount("/run/netns/mesh-lab-nhn", "nsfs"),
        mount("/run/netns/somebody-else", "nsfs"),
        mount("/var/lib/mesh-lab/mount-namespaces"),
        mount("/var/lib/mesh-lab/mount-namespaces/nhn", "nsfs"),
        mount("/var/lib/mesh-laboratory"),
      ]),
      [
        "/var/lib/mesh-lab/mount-namespaces/nhn",
        "/var/lib/mesh-lab/mount-namespaces",
        "/run/netns/mesh-lab-nhn",
      ],
    );
  });
});

describe("cgroupMounts", () => {
  it("finds every hierarchy of v1, the named and the unified one included, each once", () => {
    assert.deepEqual(
      cgroupMounts([
        mount("/sys/fs/cgroup"),
        mount("/sys/fs/cgroup/memory", "cgroup"),
        mount("/sys/fs/cgroup/memory", "cgroup"),
        mount("/sys/fs/cgroup/systemd", "cgroup"),
        mount("/sys/fs/cgroup/unified", "cgroup2"),
      ]),
      ["/sys/fs/cgroup/memory", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified"],
    );
  });

  it("finds the one hierarchy of v2", () => {
    assert.deepEqual(cgroupMounts([mount("/sys/fs/cgroup", "cgroup2")]), ["/sys/fs/cgroup"]);
  });
});

describe("controllersToDelegate", () => {
  it("asks only for what the kubelet uses and the kernel has", () => {
    assert.equal(
      controllersToDelegate("cpuset cpu io memory pids rdma\n"),
      "+cpu +cpuset +io +memory +pids",
    );
    assert.equal(controllersToDelegate("\n"), "");
  });
});

describe("commandLine", () => {
  it("is one readable line", () => {
    assert.equal(commandLine("/bin/kubelet\0--config=/a\0"), "/bin/kubelet --config=/a");
    assert.equal(commandLine("x".repeat(500)).length, 121);
  });
});
