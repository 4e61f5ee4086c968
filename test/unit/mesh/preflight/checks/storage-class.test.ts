import assert from "node:assert/strict";
import {
  judgeStorage,
  type StorageFacts,
} from "../../../../../mesh/preflight/checks/storage-class";
import { said, viewOf } from "../../../../support/preflight";

type StorageClass = StorageFacts["classes"][number];

const storageClass = (name: string, over: Partial<StorageClass> = {}): StorageClass => ({
  name,
  isDefault: true,
  provisioner: "cinder.csi.openstack.org",
  volumeBindingMode: "WaitForFirstConsumer",
  isPulumis: false,
  owner: "kubectl",
  ...over,
});
const CINDER = ["cinder.csi.openstack.org"];

const judged = (cloud: string, facts: Partial<StorageFacts>, over = {}) =>
  said(
    judgeStorage(
      { classes: [], drivers: CINDER, zones: [], ...facts },
      viewOf("own", { clusters: [{ name: "ncloud", cloud }, { name: "nhn" }], ...over }),
    ),
  );

describe("preflight: storage-class", () => {
  describe("where the stack makes the class", () => {
    const cases: readonly (readonly [string, Partial<StorageFacts>, readonly string[]])[] = [
      ["nothing in the way", {}, ["ok: StorageClass csi-storageclass is to be made."]],
      [
        "its own from before",
        { classes: [storageClass("csi-storageclass", { isPulumis: true })] },
        ["ok: StorageClass csi-storageclass is ours."],
      ],
      [
        "one made by hand under the same name",
        { classes: [storageClass("csi-storageclass")] },
        [
          "error: StorageClass csi-storageclass, which the stack makes on this cloud, is there already, made by kubectl.",
        ],
      ],
      [
        "another default, and no driver",
        { classes: [storageClass("csi-storageclassi")], drivers: ["other.csi"] },
        [
          "warning: csi-storageclassi is the default class already; the stack makes csi-storageclass one too.",
          "warning: The default class is of the CSI driver cinder.csi.openstack.org, which isn't installed (other.csi is).",
        ],
      ],
    ];
    for (const [what, facts, expected] of cases) {
      it(`judges ${what}`, () => assert.deepEqual(judged("nhn", facts), expected));
    }
  });

  describe("where the class is the cluster's", () => {
    const cases: readonly (readonly [string, string, Partial<StorageFacts>, readonly string[]])[] =
      [
        [
          "one default",
          "ncloud",
          { classes: [storageClass("standard"), storageClass("fast", { isDefault: false })] },
          ["ok: StorageClass standard is the default."],
        ],
        [
          "a class, but no default, on a cloud that should have one",
          "ncloud",
          { classes: [storageClass("fast", { isDefault: false })] },
          ["warning: No StorageClass is the default: the cluster has only fast."],
        ],
        [
          "no class on a cluster of which nothing is known",
          "generic",
          {},
          ["info: No StorageClass is the default: the cluster has no class at all."],
        ],
        [
          "two defaults",
          "generic",
          { classes: [storageClass("a"), storageClass("b")] },
          ["warning: a and b are all default classes."],
        ],
        [
          "volumes in any zone",
          "generic",
          { classes: [storageClass("a", { volumeBindingMode: "Immediate" })], zones: ["1", "2"] },
          ["warning: StorageClass a makes volumes at once, in any of 2 zones."],
        ],
        [
          "a driver that isn't there",
          "generic",
          { classes: [storageClass("a")], drivers: [] },
          [
            "warning: The default class is of the CSI driver cinder.csi.openstack.org, which isn't installed.",
          ],
        ],
        [
          "a provisioner that is no CSI driver",
          "generic",
          { classes: [storageClass("a", { provisioner: "rancher.io/local-path" })], drivers: [] },
          ["ok: StorageClass a is the default."],
        ],
      ];
    for (const [what, cloud, facts, expected] of cases) {
      it(`judges ${what}`, () => assert.deepEqual(judged(cloud, facts), expected));
    }

    it("takes mesh:storageClass existing for the same", () => {
      assert.deepEqual(
        judged("nhn", { classes: [storageClass("a")] }, { storageClass: "existing" }),
        ["ok: StorageClass a is the default."],
      );
    });
  });
});
