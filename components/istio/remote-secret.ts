import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { MULTI_CLUSTER_LABEL, REMOTE_CLUSTER_ANNOTATION } from "./constants";

export interface RemoteSecretArgs {
  /** The system namespace. */
  readonly namespace: pulumi.Input<string>;
  /** ID of the cluster that the kubeconfig leads to. */
  readonly clusterId: string;
  /** Kubeconfig by which this cluster's istiod reads the other one; kept secret. */
  readonly kubeconfig: pulumi.Input<string>;
}

/**
 * Tells this cluster's istiod of a peer (istioctl create-remote-secret): istiod takes the data's key
 * as the cluster's ID and watches the API server that the kubeconfig names.
 */
export class RemoteSecret extends pulumi.ComponentResource {
  constructor(name: string, args: RemoteSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:RemoteSecret", name, {}, opts);

    new k8s.core.v1.Secret(
      `${name}-secret`,
      {
        metadata: {
          name: `istio-remote-secret-${args.clusterId}`,
          namespace: args.namespace,
          labels: { [MULTI_CLUSTER_LABEL]: "true" },
          annotations: { [REMOTE_CLUSTER_ANNOTATION]: args.clusterId },
        },
        stringData: { [args.clusterId]: pulumi.secret(args.kubeconfig) },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
