import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The provider of one cluster.
 *
 * The identifier is ours, so that a renewed kubeconfig updates the provider and replaces nothing
 * (pulumi-kubernetes, DiffConfig). Secrets and ConfigMaps change in place: their names are part of
 * contracts with istiod.
 */
export function clusterProvider(cluster: string, kubeconfig: pulumi.Input<string>): k8s.Provider {
  return new k8s.Provider(cluster, {
    kubeconfig,
    clusterIdentifier: cluster,
    enableSecretMutable: true,
    enableConfigMapMutable: true,
  });
}
