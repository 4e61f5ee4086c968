import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { SYSTEM_NAMESPACE } from "./constants";

export interface MeshMtlsArgs {
  readonly mode: "STRICT" | "PERMISSIVE";
  readonly istiod: pulumi.Resource;
}

/**
 * The mesh-wide PeerAuthentication: in the root namespace without a selector it holds for every
 * workload (istio.io "PeerAuthentication"). STRICT refuses plain text.
 */
export class MeshMtls extends pulumi.ComponentResource {
  constructor(name: string, args: MeshMtlsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:MeshMtls", name, {}, opts);

    new k8s.apiextensions.CustomResource(
      `${name}-policy`,
      {
        apiVersion: "security.istio.io/v1",
        kind: "PeerAuthentication",
        metadata: { name: "default", namespace: SYSTEM_NAMESPACE },
        spec: { mtls: { mode: args.mode } },
      },
      { parent: this, dependsOn: [args.istiod] },
    );
    this.registerOutputs({});
  }
}
