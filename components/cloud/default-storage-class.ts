import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { StorageClassProfile } from "../../config/clouds";

export interface DefaultStorageClassArgs {
  /** The class as the cloud's row has it. */
  readonly storageClass: StorageClassProfile;
}

/**
 * The class that claims without one get, on clouds that bring the driver but no class.
 *
 * A volume is made where its pod will run (WaitForFirstConsumer), grows on demand, and goes with its
 * claim. Destroying the class leaves the volumes made by it alone.
 */
export class DefaultStorageClass extends pulumi.ComponentResource {
  constructor(name: string, args: DefaultStorageClassArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:cloud:DefaultStorageClass", name, {}, opts);

    const { storageClass } = args;
    new k8s.storage.v1.StorageClass(
      `${name}-class`,
      {
        metadata: {
          name: storageClass.name,
          annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
        },
        provisioner: storageClass.provisioner,
        volumeBindingMode: storageClass.volumeBindingMode,
        reclaimPolicy: "Delete",
        allowVolumeExpansion: true,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
