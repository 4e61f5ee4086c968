import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { CiliumProfile, CiliumSetting } from "../../config/clouds";

export interface CiliumSettingsArgs {
  /** Where the cloud keeps its Cilium, and what Istio needs there. */
  readonly cilium: CiliumProfile;
}

/** Annotation of the agent's pods; another value restarts them, one node at a time. */
export const CILIUM_SETTINGS_ANNOTATION = "istio-multicloud/cilium-settings";

/**
 * Settings of the cluster's own Cilium that Istio needs (docs.cilium.io "Integration with Istio"), and
 * one restart of its agent, which reads them when it starts.
 *
 * Both are patches of objects that the cloud owns. Destroying them gives the fields up: Cilium is
 * back at its own defaults for them from the agent's next restart on, and nothing else changes.
 */
export class CiliumSettings extends pulumi.ComponentResource {
  /** Done once every node's agent runs with the settings. */
  readonly restart: pulumi.Resource;

  constructor(name: string, args: CiliumSettingsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:cloud:CiliumSettings", name, {}, opts);

    const { namespace, configMap, daemonSet, settings } = args.cilium;
    // A patch would make what it doesn't find; read first, so that a cluster without it stops here.
    const existing = k8s.core.v1.ConfigMap.get(`${name}-existing`, `${namespace}/${configMap}`, {
      parent: this,
    });
    const patch = new k8s.core.v1.ConfigMapPatch(
      `${name}-config`,
      {
        metadata: { name: configMap, namespace, annotations: FORCE },
        data: Object.fromEntries(settings.map(({ key, value }) => [key, value])),
      },
      { parent: this, dependsOn: [existing] },
    );
    this.restart = new k8s.apps.v1.DaemonSetPatch(
      `${name}-restart`,
      {
        metadata: { name: daemonSet, namespace, annotations: FORCE },
        spec: {
          template: {
            metadata: { annotations: { [CILIUM_SETTINGS_ANNOTATION]: settingsDigest(settings) } },
          },
        },
      },
      { parent: this, dependsOn: [patch] },
    );
    this.registerOutputs({});
  }
}

/** The settings have another owner already, the cloud's installer: take just these over. */
const FORCE = { "pulumi.com/patchForce": "true" };

/** The same for the same settings, whatever their order. */
export const settingsDigest = (settings: readonly Pick<CiliumSetting, "key" | "value">[]): string =>
  createHash("sha256")
    .update(JSON.stringify(settings.map(({ key, value }) => [key, value]).sort()))
    .digest("hex")
    .slice(0, 16);
