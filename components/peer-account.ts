import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** What it takes to enter an API server as somebody. */
export interface ReaderAccess {
  /** Base64 of the CA bundle that signs the API server's certificate. */
  readonly caData: string;
  /** Bearer token. */
  readonly token: string;
}

/** Rights on resources of any namespace. */
export interface AccountRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[] | undefined;
  readonly verbs: readonly string[];
}

export interface PeerAccountArgs {
  /** Name of its namespace, and of its ClusterRole and the binding. */
  readonly fullName: string;
  /** Name of the ServiceAccount. */
  readonly account: string;
  /** What it may do; without them it has no rights of its own, and no role. */
  readonly rules?: readonly AccountRule[];
}

/**
 * Makes the account by which another cluster enters this one: a ServiceAccount in a namespace of its
 * own, so that deleting that takes the access back, its rights, and a token.
 *
 * @param name prefix of the resources' names
 * @param parent component that they belong to; its provider's cluster is the one that is entered
 * @returns what the other cluster enters by (secret), known once the rights are given
 */
export function peerAccount(
  name: string,
  { fullName, account: accountName, rules }: PeerAccountArgs,
  parent: pulumi.Resource,
): pulumi.Output<ReaderAccess> {
  const child = { parent };
  const namespace = new k8s.core.v1.Namespace(
    `${name}-namespace`,
    // Without a field of ours the API server records no manager, and nobody could tell whose it is.
    { metadata: { name: fullName, labels: { "app.kubernetes.io/managed-by": "pulumi" } } },
    child,
  ).metadata.name;
  const account = new k8s.core.v1.ServiceAccount(
    `${name}-account`,
    { metadata: { name: accountName, namespace }, automountServiceAccountToken: false },
    child,
  );
  const binding =
    rules && clusterRights(name, { fullName, rules, account: accountName, namespace }, parent);
  const token = new k8s.core.v1.Secret(
    `${name}-token`,
    {
      metadata: {
        name: `${accountName}-token`,
        namespace,
        annotations: { "kubernetes.io/service-account.name": account.metadata.name },
      },
      type: "kubernetes.io/service-account-token",
    },
    { ...child, dependsOn: binding ? [binding] : [], additionalSecretOutputs: ["data"] },
  );
  return pulumi.secret(
    token.data.apply((data) => ({
      caData: data["ca.crt"] ?? "",
      token: Buffer.from(data["token"] ?? "", "base64").toString("utf8"),
    })),
  );
}

interface ClusterRights {
  readonly fullName: string;
  readonly rules: readonly AccountRule[];
  readonly account: string;
  readonly namespace: pulumi.Input<string>;
}

function clusterRights(
  name: string,
  { fullName, rules, account, namespace }: ClusterRights,
  parent: pulumi.Resource,
): pulumi.Resource {
  const role = new k8s.rbac.v1.ClusterRole(
    `${name}-role`,
    {
      metadata: { name: fullName },
      rules: rules.map(({ apiGroups, resources, resourceNames, verbs }) => ({
        apiGroups: [...apiGroups],
        resources: [...resources],
        ...(resourceNames && { resourceNames: [...resourceNames] }),
        verbs: [...verbs],
      })),
    },
    { parent },
  );
  return new k8s.rbac.v1.ClusterRoleBinding(
    `${name}-binding`,
    {
      metadata: { name: fullName },
      roleRef: {
        apiGroup: "rbac.authorization.k8s.io",
        kind: "ClusterRole",
        name: role.metadata.name,
      },
      subjects: [{ kind: "ServiceAccount", name: account, namespace }],
    },
    { parent },
  );
}
