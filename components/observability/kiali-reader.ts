import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ReaderAccess } from "../istio/reader-identity";
import { observerName } from "./constants";
import { KIALI_READER_RULES } from "./kiali-reader-rules";

export interface KialiReaderArgs {
  /** ID of the cluster whose Kiali reads. */
  readonly consumer: string;
}

const ACCOUNT = "kiali-reader";

/**
 * The identity by which the mesh's Kiali looks at this cluster: a ServiceAccount in a namespace of its
 * own, which may read what Kiali draws, and nothing of istiod's reader. Runs with the provider of the
 * cluster that is read; deleting its namespace takes the access back.
 */
export class KialiReader extends pulumi.ComponentResource {
  /** Secret. */
  readonly access: pulumi.Output<ReaderAccess>;

  constructor(name: string, args: KialiReaderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:KialiReader", name, {}, opts);

    const child = { parent: this };
    const fullName = observerName(args.consumer);
    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: fullName, labels: { "app.kubernetes.io/managed-by": "pulumi" } } },
      child,
    ).metadata.name;
    const account = new k8s.core.v1.ServiceAccount(
      `${name}-account`,
      { metadata: { name: ACCOUNT, namespace }, automountServiceAccountToken: false },
      child,
    );
    const role = new k8s.rbac.v1.ClusterRole(
      `${name}-role`,
      {
        metadata: { name: fullName },
        rules: KIALI_READER_RULES.map(({ apiGroups, resources, verbs }) => ({
          apiGroups: [...apiGroups],
          resources: [...resources],
          verbs: [...verbs],
        })),
      },
      child,
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
        subjects: [{ kind: "ServiceAccount", name: ACCOUNT, namespace }],
      },
      child,
    );
    const token = new k8s.core.v1.Secret(
      `${name}-token`,
      {
        metadata: {
          name: `${ACCOUNT}-token`,
          namespace,
          annotations: { "kubernetes.io/service-account.name": account.metadata.name },
        },
        type: "kubernetes.io/service-account-token",
      },
      { ...child, dependsOn: [binding], additionalSecretOutputs: ["data"] },
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
