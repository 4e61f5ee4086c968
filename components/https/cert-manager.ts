import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { CertManagerSource } from "../../config/model";
import { chartSource } from "../helm/chart-source";
import { releaseArgs } from "../helm/release-args";
import { certManagerValues, type CertManagerValuesArgs } from "./cert-manager-values";
import { CERT_MANAGER_NAMESPACE } from "./constants";

export interface CertManagerArgs extends Omit<CertManagerValuesArgs, "values"> {
  readonly source: CertManagerSource;
}

/**
 * cert-manager, which obtains certificates and renews them (cert-manager.io "Helm").
 *
 * The release has ended when the API server takes cert-manager's objects: the chart's own
 * startupapicheck asks it.
 */
export class CertManager extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: CertManagerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:https:CertManager", name, {}, opts);

    const { source, ...sizes } = args;
    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: CERT_MANAGER_NAMESPACE } },
      { parent: this },
    );
    const values = certManagerValues({ ...sizes, values: source.values });
    this.release = new k8s.helm.v3.Release(
      `${name}-release`,
      {
        ...releaseArgs("cert-manager", namespace.metadata.name, values),
        ...chartSource(source, "cert-manager"),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
