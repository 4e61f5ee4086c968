import assert from "node:assert/strict";
import { CLOUDS, STANDARD_CILIUM, type CloudProfile } from "../../../config/clouds";
import { platformConfig } from "../../../config/platform";

const KEYS = {
  storageClass: "profile",
  metricsServer: "profile",
  metricsServerValues: {},
  ciliumSettings: "profile",
} as const;

describe("platformConfig", () => {
  for (const [name, cloud] of Object.entries<CloudProfile>(CLOUDS)) {
    it(`${name}: does what the row says, unless the configuration says otherwise`, () => {
      const profile = platformConfig(cloud, KEYS);
      assert.equal(profile.metrics, cloud.metricsServer);
      assert.equal(profile.cilium, cloud.cni.cilium);
      assert.equal(
        profile.storageClass,
        cloud.storageClass?.provided === false ? cloud.storageClass : undefined,
      );

      const own = platformConfig(cloud, {
        storageClass: "existing",
        metricsServer: "install",
        metricsServerValues: { replicas: 1 },
        ciliumSettings: "leave",
      });
      assert.deepEqual(own, {
        storageClass: undefined,
        metrics: "install",
        metricsServerValues: { replicas: 1 },
        cilium: undefined,
      });
    });

    it(`${name}: apply finds a standard Cilium where the row has no own`, () => {
      const { cilium } = platformConfig(cloud, { ...KEYS, ciliumSettings: "apply" });
      assert.equal(cilium, cloud.cni.cilium ?? STANDARD_CILIUM);
    });
  }

  it("creates a class on NHN alone, and sets up the Cilium of NAVER alone", () => {
    const created = Object.entries<CloudProfile>(CLOUDS).filter(
      ([, cloud]) => platformConfig(cloud, KEYS).storageClass !== undefined,
    );
    assert.deepEqual(
      created.map(([name]) => name),
      ["nhn"],
    );
    const patched = Object.entries<CloudProfile>(CLOUDS).filter(
      ([, cloud]) => platformConfig(cloud, KEYS).cilium !== undefined,
    );
    assert.deepEqual(
      patched.map(([name]) => name),
      ["ncloud"],
    );
  });
});
