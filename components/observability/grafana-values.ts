import type { Footprint } from "../../config/clouds";
import type { HelmValues } from "../../config/model";
import type { GrafanaConfig } from "../../config/observability";
import { mergeValues } from "../helm/merge-values";
import { OBSERVABILITY, OBSERVABILITY_PORTS, prometheusUrl, serviceHost } from "./constants";
import { METRICS_SOURCE } from "./grafana-dashboard";

export interface GrafanaValuesArgs {
  /** ID of the cluster, whose Prometheus sees the whole mesh. */
  readonly cluster: string;
  readonly footprint: Footprint;
  readonly grafana: GrafanaConfig;
  readonly scrapeSeconds: number;
  readonly tracing: boolean;
}

/** Secret with the administrator's name and password. */
export const GRAFANA_ADMIN = {
  secret: "grafana-admin",
  user: "user",
  password: "password",
} as const;

/** ConfigMap with our own dashboard; Istio's are in ones of the chart istio-dashboards. */
export const MESH_HEALTH_DASHBOARD = { configMap: "dashboard-mesh-health", uid: "mesh-health" };

/** The dashboards' ConfigMaps, by the folder that they are mounted in. */
const DASHBOARDS: Readonly<Record<string, string>> = {
  "mesh-health": MESH_HEALTH_DASHBOARD.configMap,
  "istio-mesh": "dashboard-istio-mesh",
  "istio-service": "dashboard-istio-service",
  "istio-workload": "dashboard-istio-workload",
  "istio-performance": "dashboard-istio-performance",
  pilot: "dashboard-pilot",
};

const RESOURCES: Readonly<Record<Footprint, HelmValues>> = {
  standard: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } },
  small: { requests: { cpu: "20m", memory: "128Mi" }, limits: { memory: "512Mi" } },
};

const FOLDER = "/var/lib/grafana/dashboards";

/** Helm values of the chart grafana of grafana-community. Nothing in it is kept: it can be made anew. */
export const grafanaValues = (args: GrafanaValuesArgs): HelmValues =>
  mergeValues(
    {
      fullnameOverride: OBSERVABILITY.grafana,
      rbac: { create: false },
      serviceAccount: { name: OBSERVABILITY.grafana },
      automountServiceAccountToken: false,
      testFramework: { enabled: false },
      podLabels: { "sidecar.istio.io/inject": "true" },
      service: { port: OBSERVABILITY_PORTS.grafana, targetPort: OBSERVABILITY_PORTS.grafana },
      resources: RESOURCES[args.footprint],
      containerSecurityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
      },
      admin: {
        existingSecret: GRAFANA_ADMIN.secret,
        userKey: GRAFANA_ADMIN.user,
        passwordKey: GRAFANA_ADMIN.password,
      },
      "grafana.ini": {
        // It asks nobody outside, also where nobody could be asked.
        analytics: { reporting_enabled: false, check_for_updates: false },
        plugins: { preinstall_disabled: true },
        users: { allow_sign_up: false },
        "auth.anonymous": { enabled: false },
        ...(args.grafana.host !== undefined && {
          server: { root_url: `https://${args.grafana.host}` },
          security: { cookie_secure: true },
        }),
      },
      datasources: { "datasources.yaml": { apiVersion: 1, datasources: sources(args) } },
      dashboardProviders: {
        "dashboards.yaml": {
          apiVersion: 1,
          providers: Object.keys(DASHBOARDS).map((name) => ({
            name,
            folder: "Mesh",
            type: "file",
            disableDeletion: true,
            options: { path: `${FOLDER}/${name}` },
          })),
        },
      },
      dashboardsConfigMaps: DASHBOARDS,
    },
    args.grafana.values,
  );

const sources = ({ cluster, scrapeSeconds, tracing }: GrafanaValuesArgs) => [
  {
    name: "Prometheus",
    uid: METRICS_SOURCE,
    type: "prometheus",
    access: "proxy",
    url: prometheusUrl(cluster),
    isDefault: true,
    editable: false,
    jsonData: { timeInterval: `${scrapeSeconds}s` },
  },
  ...(tracing
    ? [
        {
          name: "Jaeger",
          uid: OBSERVABILITY.jaeger,
          type: "jaeger",
          access: "proxy",
          url: `http://${serviceHost(OBSERVABILITY.jaeger)}:${OBSERVABILITY_PORTS.jaeger}`,
          editable: false,
        },
      ]
    : []),
];
