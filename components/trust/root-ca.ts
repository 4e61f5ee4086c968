import { X509Certificate } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import type { PkiConfig } from "../../config/schema";
import { hours, privateKeyArgs } from "./key-algorithm";

export interface RootCaArgs {
  readonly meshId: string;
  /** Tells the roots of a mesh apart while one replaces the other. */
  readonly generation: number;
  readonly pki: PkiConfig;
}

/**
 * The certificate that every cluster of the mesh trusts, and its key, which leaves its stack only
 * into the signatures of intermediates.
 */
export class RootCa extends pulumi.ComponentResource {
  readonly certPem: pulumi.Output<string>;
  /** Secret. */
  readonly privateKeyPem: pulumi.Output<string>;
  /** SHA-256 of the certificate, as `AB:CD:…`. */
  readonly fingerprint: pulumi.Output<string>;

  constructor(name: string, args: RootCaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:trust:RootCa", name, {}, opts);

    const key = new tls.PrivateKey(`${name}-key`, privateKeyArgs(args.pki), {
      parent: this,
      additionalSecretOutputs: ["privateKeyPem", "privateKeyPemPkcs8", "privateKeyOpenssh"],
    });
    const certificate = new tls.SelfSignedCert(
      `${name}-certificate`,
      {
        privateKeyPem: key.privateKeyPem,
        subject: { commonName: `${args.meshId} root CA ${args.generation}`, organization: "Istio" },
        isCaCertificate: true,
        // Root, intermediate, workload: nothing stands between intermediate and workload.
        maxPathLength: 1,
        allowedUses: ["cert_signing", "crl_signing"],
        setSubjectKeyId: true,
        validityPeriodHours: hours(args.pki.rootDays),
      },
      { parent: this },
    );

    this.certPem = certificate.certPem;
    this.privateKeyPem = pulumi.secret(key.privateKeyPem);
    this.fingerprint = certificate.certPem.apply((pem) => new X509Certificate(pem).fingerprint256);
    this.registerOutputs({ certPem: this.certPem, fingerprint: this.fingerprint });
  }
}
