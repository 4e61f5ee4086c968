import type * as pulumi from "@pulumi/pulumi";
import { CiliumSettings } from "../components/cloud/cilium-settings";
import { DefaultStorageClass } from "../components/cloud/default-storage-class";
import { MetricsServer } from "../components/cloud/metrics-server";
import type { PlatformConfig } from "../config/model";

/**
 * What a cluster gets besides the mesh because its cloud comes without.
 *
 * @returns what has to be done before the control plane starts
 */
export function platform(
  { storageClass, metrics, metricsServerValues, cilium }: PlatformConfig,
  opts: pulumi.ComponentResourceOptions,
): pulumi.Resource[] {
  if (storageClass !== undefined) {
    new DefaultStorageClass("storage-class", { storageClass }, opts);
  }
  if (metrics === "install") {
    new MetricsServer("metrics-server", { values: metricsServerValues }, opts);
  }
  return cilium === undefined
    ? []
    : [new CiliumSettings("cilium-settings", { cilium }, opts).restart];
}
