import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { MTLS_REASON_ANNOTATION, SYSTEM_NAMESPACE } from "./constants";

export interface MeshMtlsArgs {
  readonly mode: "STRICT" | "PERMISSIVE";
  /** Why the mode is weaker than STRICT, as an annotation of the object. */
  readonly reason?: string | undefined;
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
        metadata: {
          name: "default",
          namespace: SYSTEM_NAMESPACE,
          ...(args.reason !== undefined && {
            annotations: { [MTLS_REASON_ANNOTATION]: args.reason },
          }),
        },
        spec: { mtls: { mode: args.mode } },
      },
      { parent: this, dependsOn: [args.istiod] },
    );
    this.registerOutputs({});
  }
}
