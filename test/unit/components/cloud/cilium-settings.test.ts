import assert from "node:assert/strict";
import fc from "fast-check";
import {
  CILIUM_SETTINGS_ANNOTATION,
  CiliumSettings,
  settingsDigest,
} from "../../../../components/cloud/cilium-settings";
import { STANDARD_CILIUM } from "../../../../config/clouds";
import { record } from "../../../support/record";

describe("CiliumSettings", () => {
  it("sets the three keys over their owner's, then restarts the agent", async () => {
    const { resources } = await record("a", () => {
      new CiliumSettings("cilium", { cilium: STANDARD_CILIUM });
    });
    const [config] = resources.filter(({ type }) => type === "kubernetes:core/v1:ConfigMapPatch");
    const [restart] = resources.filter(({ type }) => type === "kubernetes:apps/v1:DaemonSetPatch");
    assert.deepEqual(config?.inputs["data"], {
      "bpf-lb-sock-hostns-only": "true",
      "cni-exclusive": "false",
      "enable-l7-proxy": "false",
    });
    for (const [patch, name] of [
      [config, "cilium-config"],
      [restart, "cilium"],
    ] as const) {
      assert.deepEqual(patch?.inputs["metadata"], {
        name,
        namespace: "kube-system",
        annotations: { "pulumi.com/patchForce": "true" },
      });
    }
    assert.deepEqual(restart?.inputs["spec"], {
      template: {
        metadata: {
          annotations: { [CILIUM_SETTINGS_ANNOTATION]: settingsDigest(STANDARD_CILIUM.settings) },
        },
      },
    });
    assert(resources.indexOf(config) < resources.indexOf(restart));
  });

  it("reads the ConfigMap before it patches it: a patch would make the one that isn't there", async () => {
    const { resources } = await record("a", () => {
      new CiliumSettings("cilium", { cilium: STANDARD_CILIUM });
    });
    const order = resources.map(({ type }) => type).filter((type) => type.includes("ConfigMap"));
    assert.deepEqual(order, ["kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:ConfigMapPatch"]);
  });
});

const settings = fc.uniqueArray(fc.record({ key: fc.string(), value: fc.string() }), {
  selector: ({ key }) => key,
});

describe("settingsDigest", () => {
  it("restarts no agent for another order, and every agent for another value", () => {
    fc.assert(
      fc.property(settings, fc.string(), fc.string(), (some, key, value) => {
        assert.equal(settingsDigest(some.toReversed()), settingsDigest(some));
        fc.pre(!some.some((setting) => setting.key === key));
        assert.notEqual(settingsDigest([...some, { key, value }]), settingsDigest(some));
      }),
    );
  });
});
