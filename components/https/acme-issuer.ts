import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { HttpsIssuer } from "../../config/model";
import { CERT_MANAGER_API, ISTIO_INGRESS_CLASS } from "./constants";

export interface AcmeIssuerArgs {
  readonly issuer: Extract<HttpsIssuer, { kind: "acme" }>;
  /** What has to be there before: cert-manager and its webhook. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * An account at an ACME server, for the whole cluster, that proves hosts by HTTP-01.
 *
 * A challenge is answered through an Ingress of class `istio`: istiod turns it into routes of the
 * ingress gateway that the host's DNS record already names, and puts them before routes that match
 * everything. Through the Gateway API it would take a `Gateway` that istiod deploys, with a load
 * balancer and an address of its own, or one bound to the existing Service by its host name.
 */
export class AcmeIssuer extends pulumi.ComponentResource {
  /** Name of the ClusterIssuer, known once it exists. */
  readonly issuerName: pulumi.Output<string>;

  constructor(name: string, args: AcmeIssuerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:https:AcmeIssuer", name, {}, opts);

    const { issuer, after } = args;
    const clusterIssuer = new k8s.apiextensions.CustomResource(
      `${name}-issuer`,
      {
        apiVersion: CERT_MANAGER_API,
        kind: "ClusterIssuer",
        metadata: { name: issuer.name },
        spec: {
          acme: {
            server: issuer.directory,
            email: issuer.email,
            ...(issuer.caBundle !== undefined && {
              caBundle: Buffer.from(issuer.caBundle).toString("base64"),
            }),
            privateKeySecretRef: { name: `${issuer.name}-account` },
            solvers: [
              { http01: { ingress: { class: ISTIO_INGRESS_CLASS, serviceType: "ClusterIP" } } },
            ],
          },
        },
      },
      { parent: this, dependsOn: [...after] },
    );
    this.issuerName = clusterIssuer.metadata.apply(() => issuer.name);
    this.registerOutputs({ issuerName: this.issuerName });
  }
}
