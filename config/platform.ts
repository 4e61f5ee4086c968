import { STANDARD_CILIUM, type CloudProfile } from "./clouds";
import type { PlatformConfig } from "./model";
import type { RawConfig } from "./schema";

type PlatformKeys = Pick<
  RawConfig,
  "storageClass" | "metricsServer" | "metricsServerValues" | "ciliumSettings"
>;

/** What a cluster of a cloud needs added to it, where the configuration doesn't say otherwise. */
export function platformConfig(cloud: CloudProfile, config: PlatformKeys): PlatformConfig {
  return {
    storageClass:
      config.storageClass === "profile" && cloud.storageClass?.provided === false
        ? cloud.storageClass
        : undefined,
    metrics: config.metricsServer === "profile" ? cloud.metricsServer : config.metricsServer,
    metricsServerValues: config.metricsServerValues,
    cilium: {
      profile: cloud.cni.cilium,
      apply: cloud.cni.cilium ?? STANDARD_CILIUM,
      leave: undefined,
    }[config.ciliumSettings],
  };
}
