import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { HelmValues } from "../../config/model";
import { releaseArgs } from "../helm/release-args";
import { DASHBOARD } from "./constants";

export interface DashboardArgs {
  /** Helm repository, or folder that holds the chart `headlamp`. */
  readonly charts: string;
  readonly version: string;
}

/**
 * Headlamp, the Kubernetes project's web interface since the Dashboard was archived. Whoever opens it
 * sees what the token they log in with may see; the chart would make its own account an administrator.
 */
export class Dashboard extends pulumi.ComponentResource {
  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:lessons:Dashboard", name, {}, opts);

    const child = { parent: this };
    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: DASHBOARD.namespace } },
      child,
    ).metadata.name;
    new k8s.helm.v3.Release(
      `${name}-release`,
      {
        ...releaseArgs("headlamp", namespace, VALUES),
        chart: "headlamp",
        version: args.version,
        repositoryOpts: { repo: args.charts },
      },
      child,
    );
    const viewer = new k8s.core.v1.ServiceAccount(
      `${name}-viewer`,
      {
        metadata: { name: DASHBOARD.viewer, namespace },
        automountServiceAccountToken: false,
      },
      child,
    );
    new k8s.rbac.v1.ClusterRoleBinding(
      `${name}-viewer-binding`,
      {
        metadata: { name: DASHBOARD.viewer },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
        subjects: [{ kind: "ServiceAccount", name: viewer.metadata.name, namespace }],
      },
      child,
    );
    this.registerOutputs({});
  }
}

/** Helm values of the chart headlamp (charts/headlamp/values.yaml). */
const VALUES: HelmValues = {
  clusterRoleBinding: { create: false },
  automountServiceAccountToken: true,
  podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 100,
    runAsGroup: 101,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
  resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "256Mi" } },
};
