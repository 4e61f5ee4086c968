import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { chartSource } from "../helm/chart-source";
import { releaseArgs } from "../helm/release-args";
import { meshedNamespaceLabels } from "../pod-security";
import { authorizationPolicy, denyAll, PROMETHEUS_ACCESS } from "./access";
import { OBSERVABILITY, PROMETHEUS_ROLE } from "./constants";
import { prometheusValues, type PrometheusValuesArgs } from "./prometheus-values";

export interface PrometheusArgs extends PrometheusValuesArgs {
  readonly trustDomain: string;
  /** Whether istio-cni leads the pods' traffic to their proxies. */
  readonly istioCni: boolean;
  readonly istiod: pulumi.Resource;
}

/**
 * The Prometheus of one cluster, in the namespace of all that observes it: what is collected, what is
 * added up, and what is warned of. The one of the cluster that sees the whole mesh also takes what
 * the others added up.
 *
 * It is part of the mesh: nobody reaches it but by mTLS, and then only who PROMETHEUS_ACCESS names.
 * STRICT doesn't stand in its own way: pilot-agent gives out the metrics of a pod beside its proxy
 * (istio.io "Prometheus", option 1), istiod has none.
 */
export class Prometheus extends pulumi.ComponentResource {
  /** Of everything that observes, known once it exists. */
  readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: PrometheusArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Prometheus", name, {}, opts);

    const child = { parent: this };
    const meshed = { ...child, dependsOn: [args.istiod] };
    this.namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      {
        metadata: {
          name: OBSERVABILITY.namespace,
          labels: meshedNamespaceLabels(args.istioCni),
        },
      },
      child,
    ).metadata.name;
    const role = new k8s.rbac.v1.ClusterRole(
      `${name}-role`,
      { metadata: { name: PROMETHEUS_ROLE }, rules: READS_PODS },
      child,
    );
    new k8s.rbac.v1.ClusterRoleBinding(
      `${name}-role-binding`,
      {
        metadata: { name: PROMETHEUS_ROLE },
        roleRef: {
          apiGroup: "rbac.authorization.k8s.io",
          kind: "ClusterRole",
          name: role.metadata.name,
        },
        subjects: [
          {
            kind: "ServiceAccount",
            name: OBSERVABILITY.prometheus,
            namespace: this.namespace,
          },
        ],
      },
      child,
    );
    const policies = [denyAll, authorizationPolicy(PROMETHEUS_ACCESS, args.trustDomain)].map(
      (policy) =>
        new k8s.apiextensions.CustomResource(
          `${name}-policy-${policy.metadata.name}`,
          { ...policy, metadata: { ...policy.metadata, namespace: this.namespace } },
          meshed,
        ),
    );
    new k8s.helm.v3.Release(
      `${name}-release`,
      {
        ...releaseArgs(OBSERVABILITY.prometheus, this.namespace, prometheusValues(args)),
        ...chartSource(args.observability.prometheus, "prometheus"),
      },
      { ...child, dependsOn: [args.istiod, ...policies] },
    );
    this.registerOutputs({ namespace: this.namespace });
  }
}

/** Which pods there are, and what their annotations say; nothing else. */
const READS_PODS = [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }];
