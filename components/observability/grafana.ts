import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { chartSource } from "../helm/chart-source";
import { releaseArgs } from "../helm/release-args";
import { NETWORKING_API } from "../https/constants";
import { authorizationPolicy, grafanaAccess } from "./access";
import { OBSERVABILITY, OBSERVABILITY_PORTS, serviceHost } from "./constants";
import { grafanaDashboard } from "./grafana-dashboard";
import {
  GRAFANA_ADMIN,
  grafanaValues,
  MESH_HEALTH_DASHBOARD,
  type GrafanaValuesArgs,
} from "./grafana-values";
import { MESH_HEALTH } from "./mesh-health";

export interface GrafanaArgs extends GrafanaValuesArgs {
  /** The namespace of all that observes. */
  readonly namespace: pulumi.Input<string>;
  readonly trustDomain: string;
  /** `<namespace>/<name>` of the Gateway that serves its host; nothing where it isn't public. */
  readonly gateway: pulumi.Input<string> | undefined;
  readonly istiod: pulumi.Resource;
}

/**
 * Grafana with Istio's dashboards and the mesh's own, over all clusters.
 *
 * Its way in is its own login, whose password is made here: as `admin`, with the output
 * `grafanaPassword` of the stack. Without a host nobody gets to it but by kubectl port-forward.
 */
export class Grafana extends pulumi.ComponentResource {
  /** Of the user `admin` (secret). */
  readonly password: pulumi.Output<string>;

  constructor(name: string, args: GrafanaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Grafana", name, {}, opts);

    const { namespace } = args;
    const child = { parent: this };
    const meshed = { ...child, dependsOn: [args.istiod] };
    const { result } = new random.RandomPassword(
      `${name}-password`,
      { length: 32, special: false },
      child,
    );
    this.password = pulumi.secret(result);
    const admin = new k8s.core.v1.Secret(
      `${name}-admin`,
      {
        metadata: { name: GRAFANA_ADMIN.secret, namespace },
        stringData: {
          [GRAFANA_ADMIN.user]: "admin",
          [GRAFANA_ADMIN.password]: this.password,
        },
      },
      { ...child, additionalSecretOutputs: ["data", "stringData"] },
    );
    const ours = new k8s.core.v1.ConfigMap(
      `${name}-dashboard`,
      {
        metadata: { name: MESH_HEALTH_DASHBOARD.configMap, namespace },
        data: {
          "mesh-health.json": JSON.stringify(
            grafanaDashboard(MESH_HEALTH_DASHBOARD.uid, "Mesh health", MESH_HEALTH),
          ),
        },
      },
      child,
    );
    const istios = new k8s.helm.v3.Release(
      `${name}-istio-dashboards`,
      {
        ...releaseArgs("istio-dashboards", namespace, {}),
        // Relative, so that the state is the same on everybody's machine.
        chart: `./charts/istio-dashboards/${DASHBOARDS_OF}`,
      },
      child,
    );
    const policy = authorizationPolicy(grafanaAccess(args.gateway !== undefined), args.trustDomain);
    new k8s.apiextensions.CustomResource(
      `${name}-policy`,
      { ...policy, metadata: { ...policy.metadata, namespace } },
      meshed,
    );
    if (args.gateway !== undefined && args.grafana.host !== undefined) {
      new k8s.apiextensions.CustomResource(
        `${name}-route`,
        publicRoute(namespace, args.grafana.host, args.gateway),
        meshed,
      );
    }
    new k8s.helm.v3.Release(
      `${name}-release`,
      {
        ...releaseArgs(OBSERVABILITY.grafana, namespace, grafanaValues(args)),
        ...chartSource(args.grafana, "grafana"),
      },
      { ...child, dependsOn: [args.istiod, admin, ours, istios] },
    );
    this.registerOutputs({ password: this.password });
  }
}

/** Minor of Istio whose dashboards charts/istio-dashboards has; they fit the others as well. */
const DASHBOARDS_OF = "1.31";

const publicRoute = (
  namespace: pulumi.Input<string>,
  host: string,
  gateway: pulumi.Input<string>,
) => ({
  apiVersion: NETWORKING_API,
  kind: "VirtualService",
  metadata: { name: OBSERVABILITY.grafana, namespace },
  spec: {
    hosts: [host],
    gateways: [gateway],
    http: [
      {
        route: [
          {
            destination: {
              host: serviceHost(OBSERVABILITY.grafana),
              port: { number: OBSERVABILITY_PORTS.grafana },
            },
          },
        ],
      },
    ],
  },
});
