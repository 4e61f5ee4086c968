import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CACERTS_SECRET } from "../istio/constants";
import type { CacertsPem } from "../../config/model";

export interface CacertsArgs {
  /** The system namespace. */
  readonly namespace: pulumi.Input<string>;
  /** The CA files of this cluster; kept secret. */
  readonly cacerts: pulumi.Input<CacertsPem>;
}

/**
 * The Secret `cacerts`, from which istiod takes its CA.
 *
 * It has to exist before istiod first starts: istiod would make a CA of its own, and no peer would
 * trust its workloads (istio.io "Plug in CA Certificates").
 */
export class Cacerts extends pulumi.ComponentResource {
  readonly secret: k8s.core.v1.Secret;

  constructor(name: string, args: CacertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:trust:Cacerts", name, {}, opts);

    const files = pulumi.secret(args.cacerts);
    this.secret = new k8s.core.v1.Secret(
      `${name}-secret`,
      {
        metadata: { name: CACERTS_SECRET, namespace: args.namespace },
        stringData: {
          "ca-cert.pem": files.caCert,
          "ca-key.pem": files.caKey,
          "root-cert.pem": files.rootCert,
          "cert-chain.pem": files.certChain,
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
