import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../config/model";
import { NETWORK_LABEL, SYSTEM_NAMESPACE } from "./constants";

export interface SystemNamespaceArgs {
  readonly cluster: Cluster;
  /** `existing` only labels a namespace that others own, and takes the label back on destroy. */
  readonly mode: "create" | "existing";
}

/**
 * The namespace istio-system with the cluster's network as its label, from which istiod learns the
 * network of its own cluster (pilot/pkg/serviceregistry/kube/controller/network.go).
 */
export class SystemNamespace extends pulumi.ComponentResource {
  /** The namespace's name, known once it exists: what is put into it depends on it by this. */
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: SystemNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:SystemNamespace", name, {}, opts);

    const metadata = {
      name: SYSTEM_NAMESPACE,
      labels: { [NETWORK_LABEL]: args.cluster.network },
    };
    const namespace =
      args.mode === "create"
        ? new k8s.core.v1.Namespace(`${name}-namespace`, { metadata }, { parent: this })
        : new k8s.core.v1.NamespacePatch(`${name}-namespace`, { metadata }, { parent: this });
    this.name = namespace.metadata.apply(() => SYSTEM_NAMESPACE);
    this.registerOutputs({ name: this.name });
  }
}
