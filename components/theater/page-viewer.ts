import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ReaderAccess } from "../istio/reader-identity";
import { PAGE } from "./page-constants";

export interface PageViewerArgs {
  /** ID of the cluster whose gateway looks. */
  readonly consumer: string;
}

/**
 * The identity by which the gateway of one cluster sees the theater's pods in this one: a
 * ServiceAccount in a namespace of its own, and a token.
 *
 * It has no rights by itself. Those are given by the theater of the cluster that is seen, whose
 * namespace they are about: so stacks come up and down in any order. Until both are there the page says
 * that it isn't permitted to look. Runs with the provider of the cluster that is seen.
 */
export class PageViewer extends pulumi.ComponentResource {
  /** Secret. */
  readonly access: pulumi.Output<ReaderAccess>;

  constructor(name: string, args: PageViewerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:theater:PageViewer", name, {}, opts);

    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      {
        metadata: {
          name: PAGE.viewerNamespace(args.consumer),
          // Without a field of ours nobody could tell whose it is.
          labels: { "app.kubernetes.io/managed-by": "pulumi" },
        },
      },
      { parent: this },
    );
    const account = new k8s.core.v1.ServiceAccount(
      `${name}-account`,
      {
        metadata: { name: PAGE.viewer, namespace: namespace.metadata.name },
        automountServiceAccountToken: false,
      },
      { parent: this },
    );
    const token = new k8s.core.v1.Secret(
      `${name}-token`,
      {
        metadata: {
          name: `${PAGE.viewer}-token`,
          namespace: namespace.metadata.name,
          annotations: { "kubernetes.io/service-account.name": account.metadata.name },
        },
        type: "kubernetes.io/service-account-token",
      },
      { parent: this, additionalSecretOutputs: ["data"] },
    );

    this.access = pulumi.secret(
      token.data.apply((data) => ({
        caData: data["ca.crt"] ?? "",
        token: Buffer.from(data["token"] ?? "", "base64").toString("utf8"),
      })),
    );
    this.registerOutputs({});
  }
}
