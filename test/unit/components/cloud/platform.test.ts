import assert from "node:assert/strict";
import { DefaultStorageClass } from "../../../../components/cloud/default-storage-class";
import { MetricsServer } from "../../../../components/cloud/metrics-server";
import { CLOUDS } from "../../../../config/clouds";
import { record } from "../../../support/record";

describe("DefaultStorageClass", () => {
  it("makes NHN's class the default, with volumes where their pods run", async () => {
    const { resources } = await record("a", () => {
      new DefaultStorageClass("class", { storageClass: CLOUDS.nhn.storageClass });
    });
    const [made] = resources.filter(({ type }) => type.endsWith(":StorageClass"));
    assert.deepEqual(made?.inputs, {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: {
        name: "csi-storageclass",
        annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
      },
      provisioner: "cinder.csi.openstack.org",
      volumeBindingMode: "WaitForFirstConsumer",
      reclaimPolicy: "Delete",
      allowVolumeExpansion: true,
    });
  });
});

describe("MetricsServer", () => {
  it("installs a pinned chart into kube-system, with the user's values over ours", async () => {
    const { resources } = await record("a", () => {
      new MetricsServer("metrics", { values: { replicas: 1, args: ["--kubelet-insecure-tls"] } });
    });
    const [release] = resources.filter(({ type }) => type.endsWith(":Release"));
    assert.match(String(release?.inputs["version"]), /^\d+\.\d+\.\d+$/);
    assert.equal(release?.inputs["namespace"], "kube-system");
    const values = release?.inputs["values"] as Record<string, unknown>;
    assert.equal(values["replicas"], 1);
    assert.deepEqual(values["args"], ["--kubelet-insecure-tls"]);
    assert.deepEqual(values["podDisruptionBudget"], { enabled: true, maxUnavailable: 1 });
  });
});
