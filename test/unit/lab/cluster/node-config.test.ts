import assert from "node:assert/strict";
import { clusterFiles } from "../../../../lab/cluster/layout";
import { parseTasks, vanishedContainers } from "../../../../lab/cluster/node";
import {
  cniConfig,
  keepChained,
  containerdConfig,
  kubeletConfig,
  kubeProxyConfig,
  resolvConf,
} from "../../../../lab/cluster/node-config";
import { labClusters, type LabCluster } from "../../../../lab/topology";
import { toolchain } from "./toolchain";

const [ncloud, nhn] = labClusters(2) as [LabCluster, LabCluster];
const files = clusterFiles(ncloud.name);

/** Absolute paths in a configuration that lie neither below `root` nor in the toolchain. */
const foreignPaths = (text: string, root: string): string[] =>
  [...text.matchAll(/"(?:unix:\/\/)?(\/[^"]+)"/g)]
    .map(([, path = ""]) => path)
    .filter((path) => !path.startsWith(`${root}/`) && !path.startsWith("/cache/"));

describe("containerd's configuration", () => {
  const text = containerdConfig(files, toolchain);

  it("keeps everything it writes below the cluster's folder", () => {
    assert.deepEqual(foreignPaths(text, files.root), []);
    assert.match(text, /netns_mounts_under_state_dir = true/);
  });

  it("makes no folder in /opt", () => {
    assert.match(text, /"io\.containerd\.internal\.v1\.opt"/);
  });

  it("has the sandbox image that the lab imports, and the toolchain's runc", () => {
    assert.match(text, /sandbox_image = "registry\.k8s\.io\/pause:3\.10"/);
    assert.match(text, /BinaryName = "\/cache\/bin\/runc"/);
  });

  it("stays under the 108 bytes of a unix socket's address for the longest cluster name", () => {
    const name = labClusters(40)
      .map((cluster) => cluster.name)
      .sort((a, b) => b.length - a.length);
    assert(`${clusterFiles(name[0] ?? "").containerdSocket}.ttrpc`.length < 108);
  });
});

describe("the kubelet's configuration", () => {
  const config = kubeletConfig(ncloud, files) as Record<string, unknown>;

  it("lets nobody in without a certificate or token that the API server vouches for", () => {
    assert.deepEqual(config["authentication"], {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: `${files.pki}/ca.crt` },
    });
    assert.deepEqual(config["authorization"], { mode: "Webhook" });
    assert.equal(config["readOnlyPort"], 0);
  });

  it("shares no cgroup, no folder and no DNS with another cluster's", () => {
    const other = kubeletConfig(nhn, clusterFiles(nhn.name)) as Record<string, unknown>;
    for (const key of ["cgroupRoot", "podLogsDir", "volumePluginDir", "containerRuntimeEndpoint"]) {
      assert.notEqual(config[key], other[key], key);
    }
    assert.notDeepEqual(config["clusterDNS"], other["clusterDNS"]);
  });

  it("keeps everything it writes below the cluster's folder", () => {
    assert.deepEqual(foreignPaths(JSON.stringify(config), files.root), ["/mesh-lab/ncloud"]);
  });
});

describe("kube-proxy's configuration", () => {
  it("leaves the machine's connection tracking alone", () => {
    const config = kubeProxyConfig(ncloud, "/k") as { conntrack: object; clusterCIDR: string };
    assert.deepEqual(config.conntrack, {
      maxPerCore: 0,
      min: 0,
      tcpEstablishedTimeout: "0s",
      tcpCloseWaitTimeout: "0s",
    });
    assert.equal(config.clusterCIDR, ncloud.podCidr);
  });
});

describe("the CNI configuration", () => {
  it("routes pods of the cluster's own range", () => {
    const config = JSON.stringify(cniConfig(ncloud, files));
    assert.match(config, /"type":"ptp"/);
    assert(config.includes(`"subnet":"${ncloud.podCidr}"`));
  });

  it("keeps what others chained to it, and nothing of its own older self", () => {
    const own = cniConfig(ncloud, files);
    assert.deepEqual(keepChained(own, undefined), own);
    assert.deepEqual(keepChained(own, JSON.stringify(own)), own);
    const istio = { type: "istio-cni", log_level: "info" };
    const older = { ...own, name: "older", plugins: [{ type: "ptp", mtu: 1 }, istio] };
    assert.deepEqual(keepChained(own, JSON.stringify(older)), {
      ...own,
      plugins: [...own.plugins, istio],
    });
  });
});

describe("resolv.conf", () => {
  it("names the cluster's own DNS", () => {
    assert.equal(resolvConf(nhn), `nameserver ${nhn.dnsIp}\n`);
  });
});

describe("vanishedContainers", () => {
  const tasks = parseTasks(
    "TASK     PID     STATUS    \naaa      4711    RUNNING\nbbb      4712    STOPPED\n",
  );

  it("names containers that have no running task", () => {
    assert.deepEqual(
      vanishedContainers(["containerd://aaa", "containerd://bbb", "containerd://ccc"], tasks),
      ["containerd://bbb", "containerd://ccc"],
    );
  });
});
