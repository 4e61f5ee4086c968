import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { READER_VERBS, readerRules } from "./reader-rules";

export interface ReaderIdentityArgs {
  /** ID of the cluster whose istiod reads. */
  readonly consumer: string;
  readonly remoteCredentials: "read" | "ignore";
}

/** What the consumer's remote secret needs of it. */
export interface ReaderAccess {
  /** Base64 of the CA bundle that signs the API server's certificate. */
  readonly caData: string;
  /** Bearer token. */
  readonly token: string;
}

/**
 * The identity by which one cluster's istiod reads this cluster: a ServiceAccount in a namespace of
 * its own, with the least rights that istiod syncs with, and a token.
 *
 * It belongs to the consumer's stack, so that stacks come up and down in any order, and one peer's
 * access can be taken back by deleting one namespace. Runs with the provider of the cluster that is
 * read.
 */
export class ReaderIdentity extends pulumi.ComponentResource {
  /** Secret. */
  readonly access: pulumi.Output<ReaderAccess>;

  constructor(name: string, args: ReaderIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:ReaderIdentity", name, {}, opts);

    const fullName = `mesh-peer-${args.consumer}`;
    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      // Without a field of ours the API server records no manager, and nobody could tell whose it is.
      { metadata: { name: fullName, labels: { "app.kubernetes.io/managed-by": "pulumi" } } },
      { parent: this },
    );
    const account = new k8s.core.v1.ServiceAccount(
      `${name}-account`,
      {
        metadata: { name: READER, namespace: namespace.metadata.name },
        automountServiceAccountToken: false,
      },
      { parent: this },
    );
    const role = new k8s.rbac.v1.ClusterRole(
      `${name}-role`,
      {
        metadata: { name: fullName },
        rules: readerRules(args.remoteCredentials).map(
          ({ apiGroups, resources, resourceNames }) => ({
            apiGroups: [...apiGroups],
            resources: [...resources],
            ...(resourceNames && { resourceNames: [...resourceNames] }),
            verbs: [...READER_VERBS],
          }),
        ),
      },
      { parent: this },
    );
    const binding = new k8s.rbac.v1.ClusterRoleBinding(
      `${name}-binding`,
      {
        metadata: { name: fullName },
        roleRef: {
          apiGroup: "rbac.authorization.k8s.io",
          kind: "ClusterRole",
          name: role.metadata.name,
        },
        subjects: [{ kind: "ServiceAccount", name: READER, namespace: namespace.metadata.name }],
      },
      { parent: this },
    );
    const token = new k8s.core.v1.Secret(
      `${name}-token`,
      {
        metadata: {
          name: `${READER}-token`,
          namespace: namespace.metadata.name,
          annotations: { "kubernetes.io/service-account.name": account.metadata.name },
        },
        type: "kubernetes.io/service-account-token",
      },
      { parent: this, dependsOn: [binding], additionalSecretOutputs: ["data"] },
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

const READER = "istio-reader";
