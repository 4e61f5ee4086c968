import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { ISTIOD_SERVICE } from "../istio/constants";
import type { CacertsPem } from "../../config/model";
import type { PkiConfig } from "../../config/schema";
import { hours, privateKeyArgs } from "./key-algorithm";
import type { RootCa } from "./root-ca";

export interface IntermediateCaArgs {
  readonly meshId: string;
  /** ID of the cluster whose istiod signs with it. */
  readonly cluster: string;
  readonly generation: number;
  readonly pki: PkiConfig;
  /** The root that signs it. */
  readonly root: RootCa;
  /** Every root that the mesh trusts, as one PEM bundle. */
  readonly rootBundle: pulumi.Input<string>;
}

/**
 * The CA of one cluster's istiod, signed by a root of the mesh.
 *
 * Path length 0 keeps its holder from making further CAs (RFC 5280 §4.2.1.9); the name and the
 * SAN are those of Istio's own tools/certs (istio.io "Plug in CA Certificates").
 */
export class IntermediateCa extends pulumi.ComponentResource {
  readonly cluster: string;
  /** The files of the cluster's `cacerts` Secret. Secret. */
  readonly cacerts: pulumi.Output<CacertsPem>;
  /** End of validity (RFC 3339). */
  readonly validUntil: pulumi.Output<string>;

  constructor(name: string, args: IntermediateCaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:trust:IntermediateCa", name, {}, opts);

    const key = new tls.PrivateKey(`${name}-key`, privateKeyArgs(args.pki), {
      parent: this,
      additionalSecretOutputs: ["privateKeyPem", "privateKeyPemPkcs8", "privateKeyOpenssh"],
    });
    const request = new tls.CertRequest(
      `${name}-request`,
      {
        privateKeyPem: key.privateKeyPem,
        subject: {
          commonName: `${args.meshId} intermediate CA ${args.cluster} ${args.generation}`,
          organization: "Istio",
          locality: args.cluster,
        },
        dnsNames: [ISTIOD_SERVICE],
      },
      { parent: this },
    );
    const certificate = new tls.LocallySignedCert(
      `${name}-certificate`,
      {
        certRequestPem: request.certRequestPem,
        caCertPem: args.root.certPem,
        caPrivateKeyPem: args.root.privateKeyPem,
        isCaCertificate: true,
        maxPathLength: 0,
        allowedUses: ["cert_signing", "crl_signing"],
        setSubjectKeyId: true,
        validityPeriodHours: hours(args.pki.intermediateDays),
        earlyRenewalHours: hours(args.pki.renewBeforeDays),
      },
      { parent: this },
    );

    this.cluster = args.cluster;
    this.cacerts = pulumi.secret(
      pulumi
        .all([certificate.certPem, key.privateKeyPem, args.root.certPem, args.rootBundle])
        .apply(([caCert, caKey, root, rootCert]) => ({
          caCert,
          caKey,
          rootCert,
          certChain: caCert + root,
        })),
    );
    this.validUntil = certificate.validityEndTime;
    this.registerOutputs({ validUntil: this.validUntil });
  }
}
