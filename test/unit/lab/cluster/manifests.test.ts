import assert from "node:assert/strict";
import { manifests } from "../../../../lab/cluster/manifests";
import { corefile } from "../../../../lab/cluster/manifests/dns";
import { rbac } from "../../../../lab/cluster/manifests/rbac";
import { storageClass } from "../../../../lab/cluster/manifests/storage-class";
import { labClusters, loadBalancerHostname, type LabCluster } from "../../../../lab/topology";

const [ncloud] = labClusters(1) as [LabCluster];

describe("the Corefile", () => {
  it("forwards nothing: no name leaves the lab", () => {
    assert.doesNotMatch(corefile(), /forward|resolv\.conf/);
    assert.match(corefile(), /\.:53 \{[^}]*template ANY ANY \{\s+rcode NXDOMAIN/);
  });

  it("turns every load balancer's name back into its address", () => {
    const [, pattern = ""] = /match "(\^\([^"]+)"/.exec(corefile()) ?? [];
    const match = new RegExp(pattern).exec(`${loadBalancerHostname("ncloud", "198.18.101.10")}.`);
    assert.deepEqual(match?.slice(1), ["198", "18", "101", "10"]);
    assert.equal(new RegExp(pattern).exec("198-18-101-10.lb.mesh-lab.test."), null);
  });
});

describe("the manifests", () => {
  it("put the DNS service where the kubelet sends pods", () => {
    const service = manifests(ncloud).find(({ kind }) => kind === "Service");
    assert.equal((service as { spec?: { clusterIP: string } }).spec?.clusterIP, ncloud.dnsIp);
  });

  it("let the load balancer read Services and write their status, and nothing else", () => {
    const role = rbac().find(({ kind }) => kind === "ClusterRole");
    assert.deepEqual((role as { rules?: unknown }).rules, [
      { apiGroups: [""], resources: ["services"], verbs: ["list", "watch"] },
      { apiGroups: [""], resources: ["services/status"], verbs: ["patch"] },
    ]);
  });

  it("mark no default StorageClass in nhn, as its cloud doesn't", () => {
    const isDefault = (cluster: string): string | undefined =>
      storageClass(cluster).metadata?.annotations?.["storageclass.kubernetes.io/is-default-class"];
    assert.deepEqual(["ncloud", "nhn", "cloud3"].map(isDefault), ["true", "false", "true"]);
  });
});
