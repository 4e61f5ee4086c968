import { BOOKINFO } from "../../components/bookinfo/constants";
import { CLOVA } from "../../components/clova/constants";
import { CERT_MANAGER_NAMESPACE } from "../../components/https/constants";
import { DASHBOARD, LESSONS } from "../../components/lessons/constants";
import { ECHO } from "../../components/echo/constants";
import { SYSTEM_NAMESPACE } from "../../components/istio/constants";
import { READER_VERBS, readerRules } from "../../components/istio/reader-rules";
import { THEATER } from "../../components/theater/constants";
import { PAGE } from "../../components/theater/page-constants";
import { OBSERVABILITY, observerName } from "../../components/observability/constants";
import type { BookinfoConfig } from "../../config/bookinfo";
import type { ClovaConfig, ClusterConfig, HttpsConfig, TheaterConfig } from "../../config/model";
import type { ObservabilityConfig } from "../../config/observability";
import { looksAtPeers } from "../../config/theater";
import type { Right } from "./cluster-api";
import { HOST_KINDS, publicServices } from "./public-hosts";

/** Rights on one kind that a stack can't do without. */
export interface RightRow {
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly verbs: readonly string[];
  /** What of ours is of this kind. */
  readonly reason: string;
}

/** What creating, awaiting, updating and deleting an object takes: Helm and Pulumi do all of it. */
const ALL = ["get", "list", "watch", "create", "update", "patch", "delete"] as const;
const READ = ["get", "list", "watch"] as const;
const PATCH = [...READ, "patch"] as const;

const kind = (
  group: string,
  resource: string,
  reason: string,
  namespace?: string,
  verbs: readonly string[] = ALL,
): RightRow => ({ group, resource, reason, verbs, ...(namespace && { namespace }) });

/** What every stack does in its own cluster. */
export const OWN_RIGHTS: readonly RightRow[] = [
  kind("", "namespaces", "istio-system and the workloads' namespaces"),
  kind("", "secrets", "cacerts, the remote secrets, Helm's records", SYSTEM_NAMESPACE),
  kind("", "configmaps", "istiod's mesh and injection configuration", SYSTEM_NAMESPACE),
  kind("", "services", "istiod and the gateways", SYSTEM_NAMESPACE),
  kind("", "serviceaccounts", "istiod and the gateways", SYSTEM_NAMESPACE),
  kind("", "pods", "waiting for istiod and the gateways", SYSTEM_NAMESPACE, READ),
  kind("", "events", "saying why a pod doesn't start", SYSTEM_NAMESPACE, READ),
  kind("apps", "deployments", "istiod and the gateways", SYSTEM_NAMESPACE),
  kind("apps", "replicasets", "waiting for istiod and the gateways", SYSTEM_NAMESPACE, READ),
  kind("autoscaling", "horizontalpodautoscalers", "istiod and the gateways", SYSTEM_NAMESPACE),
  kind("policy", "poddisruptionbudgets", "istiod and the gateways", SYSTEM_NAMESPACE),
  kind("rbac.authorization.k8s.io", "roles", "istiod and the gateways", SYSTEM_NAMESPACE),
  kind("rbac.authorization.k8s.io", "rolebindings", "istiod and the gateways", SYSTEM_NAMESPACE),
  kind("rbac.authorization.k8s.io", "clusterroles", "istiod"),
  kind("rbac.authorization.k8s.io", "clusterrolebindings", "istiod"),
  kind("apiextensions.k8s.io", "customresourcedefinitions", "Istio's and the Gateway API's"),
  kind("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "sidecar injection"),
  kind("admissionregistration.k8s.io", "validatingwebhookconfigurations", "Istio's validation"),
  kind(
    "admissionregistration.k8s.io",
    "validatingadmissionpolicies",
    "the Gateway API's guard against downgrades",
  ),
  kind(
    "admissionregistration.k8s.io",
    "validatingadmissionpolicybindings",
    "the Gateway API's guard against downgrades",
  ),
  kind("networking.istio.io", "gateways", "the cross-network gateway", SYSTEM_NAMESPACE),
  kind("networking.istio.io", "envoyfilters", "the connections' longest life", SYSTEM_NAMESPACE),
  kind("security.istio.io", "peerauthentications", "the mesh's mTLS mode", SYSTEM_NAMESPACE),
];

/** What a stack does in its own cluster, with what the cloud's row and the configuration add. */
export const ownRights = (
  config: Pick<
    ClusterConfig,
    | "observability"
    | "platform"
    | "istioCni"
    | "https"
    | "clova"
    | "bookinfo"
    | "firstSteps"
    | "theater"
    | "echoImage"
  >,
): readonly RightRow[] => {
  const { platform, istioCni, https, clova, bookinfo, firstSteps, theater, echoImage } = config;
  const { observability } = config;
  const { storageClass, metrics, cilium } = platform;
  return [
    ...OWN_RIGHTS,
    ...(storageClass ? [kind("storage.k8s.io", "storageclasses", "the default StorageClass")] : []),
    ...(cilium
      ? [
          kind("", "configmaps", "Cilium's settings", cilium.namespace, PATCH),
          kind("apps", "daemonsets", "restarting Cilium's agents", cilium.namespace, PATCH),
        ]
      : []),
    ...(istioCni === "install"
      ? [
          kind("apps", "daemonsets", "istio-cni", SYSTEM_NAMESPACE),
          kind("", "resourcequotas", "istio-cni's critical pods", SYSTEM_NAMESPACE),
        ]
      : []),
    ...(metrics === "install" ? METRICS_SERVER_RIGHTS : []),
    ...(bookinfo === undefined ? [] : bookinfoRights(bookinfo)),
    ...(firstSteps === undefined ? [] : FIRST_STEPS_RIGHTS),
    ...(firstSteps?.dashboard ? DASHBOARD_RIGHTS : []),
    ...(theater === undefined ? [] : theaterRights(theater, metrics !== "none")),
    ...(echoImage === undefined
      ? []
      : [
          kind("", "serviceaccounts", "the echo service", ECHO.namespace),
          kind("", "services", "the echo service", ECHO.namespace),
          kind("apps", "deployments", "the echo service", ECHO.namespace),
        ]),
    ...(clova === undefined ? [] : clovaRights(clova)),
    ...(https === undefined ? [] : issuerRights(https)),
    ...(observability === undefined ? [] : observabilityRights(observability)),
    ...(publicServices(config).length === 0
      ? []
      : HOST_KINDS.map(({ group, plural }) =>
          kind(group, plural, "the public hosts", SYSTEM_NAMESPACE),
        )),
  ];
};

/** What the Clova extension's part in a cluster is made of. */
const clovaRights = ({ host, service }: ClovaConfig): readonly RightRow[] =>
  (
    [
      ["", "services"],
      ...(host === undefined
        ? []
        : ([
            ["networking.istio.io", "destinationrules"],
            ["networking.istio.io", "virtualservices"],
          ] as const)),
      ...(service === undefined
        ? []
        : ([
            ["", "serviceaccounts"],
            ["apps", "deployments"],
            ["security.istio.io", "authorizationpolicies"],
          ] as const)),
    ] as const
  ).map(([group, resource]) => kind(group, resource, "the Clova extension", CLOVA.namespace));

/** What signs certificates: the chart of cert-manager, and the cluster's issuer. */
const issuerRights = ({ certManager, issuer }: HttpsConfig): readonly RightRow[] => [
  ...(certManager === undefined ? [] : CERT_MANAGER_RIGHTS),
  ...(issuer.kind === "existing"
    ? []
    : [kind("cert-manager.io", "clusterissuers", "the issuer of the public hosts' certificates")]),
];

/** Prometheus, and in the cluster that sees the whole mesh what stores and shows. */
const observabilityRights = ({
  tracing,
  prometheus,
  whole,
}: ObservabilityConfig): readonly RightRow[] => [
  ...(
    [
      ["", "configmaps"],
      ["", "secrets"],
      ["", "services"],
      ["", "serviceaccounts"],
      ["apps", "deployments"],
      ["security.istio.io", "authorizationpolicies"],
      ...(prometheus.storage === undefined ? [] : ([["", "persistentvolumeclaims"]] as const)),
      ...(whole?.grafana?.host === undefined
        ? []
        : ([["networking.istio.io", "virtualservices"]] as const)),
      ...(whole?.grafana === undefined && whole?.kiali === undefined
        ? []
        : ([
            ["rbac.authorization.k8s.io", "roles"],
            ["rbac.authorization.k8s.io", "rolebindings"],
          ] as const)),
    ] as const
  ).map(([group, resource]) => kind(group, resource, "observability", OBSERVABILITY.namespace)),
  ...(tracing === undefined
    ? []
    : [kind("telemetry.istio.io", "telemetries", "the mesh's traces", SYSTEM_NAMESPACE)]),
];

/** What Bookinfo's part in a cluster is made of. */
const bookinfoRights = ({ entry, routes, opened }: BookinfoConfig): readonly RightRow[] => {
  const inNamespace = (group: string, resource: string): RightRow =>
    kind(group, resource, "Bookinfo", BOOKINFO.namespace);
  const reason = "Bookinfo's reviews by address";
  return [
    inNamespace("", "serviceaccounts"),
    inNamespace("", "services"),
    inNamespace("apps", "deployments"),
    inNamespace("networking.istio.io", "destinationrules"),
    inNamespace("networking.istio.io", "virtualservices"),
    ...(entry?.kind === "http" ? [inNamespace("networking.istio.io", "gateways")] : []),
    ...(routes.some(({ addresses }) => addresses.length > 0)
      ? [inNamespace("networking.istio.io", "serviceentries")]
      : []),
    ...(opened.length > 0
      ? [
          kind("networking.istio.io", "virtualservices", reason, SYSTEM_NAMESPACE),
          kind("networking.istio.io", "destinationrules", reason, SYSTEM_NAMESPACE),
        ]
      : []),
  ];
};

/** What the theater's part in a cluster is made of. */
const theaterRights = (
  { entry, redis, page }: TheaterConfig,
  autoscale: boolean,
): readonly RightRow[] => [
  ...(
    [
      ["", "secrets"],
      ["", "services"],
      ["", "serviceaccounts"],
      ["apps", "deployments"],
      ["policy", "poddisruptionbudgets"],
      ["networking.k8s.io", "networkpolicies"],
      ["networking.istio.io", "destinationrules"],
      ["networking.istio.io", "virtualservices"],
      ["security.istio.io", "authorizationpolicies"],
      ...(page === undefined
        ? []
        : ([
            ["rbac.authorization.k8s.io", "roles"],
            ["rbac.authorization.k8s.io", "rolebindings"],
          ] as const)),
      ...(autoscale ? ([["autoscaling", "horizontalpodautoscalers"]] as const) : []),
      ...(redis?.storage === undefined ? [] : ([["", "persistentvolumeclaims"]] as const)),
    ] as const
  ).map(([group, resource]) => kind(group, resource, "the theater", THEATER.namespace)),
  ...(entry === undefined
    ? []
    : [kind("networking.istio.io", "virtualservices", "the theater's way in", SYSTEM_NAMESPACE)]),
];

/** An object of each kind that Kubernetes begins with. */
const FIRST_STEPS_RIGHTS: readonly RightRow[] = [
  kind("networking.k8s.io", "ingressclasses", "the first steps"),
  ...(
    [
      ["", "configmaps"],
      ["", "secrets"],
      ["", "services"],
      ["", "serviceaccounts"],
      ["apps", "deployments"],
      ["networking.k8s.io", "ingresses"],
    ] as const
  ).map(([group, resource]) => kind(group, resource, "the first steps", LESSONS.namespace)),
];

/** What the chart of Headlamp creates, and the account to log in as. */
const DASHBOARD_RIGHTS: readonly RightRow[] = (
  [
    ["", "secrets"],
    ["", "services"],
    ["", "serviceaccounts"],
    ["apps", "deployments"],
  ] as const
).map(([group, resource]) => kind(group, resource, "the dashboard", DASHBOARD.namespace));

/** What the chart of cert-manager creates, besides cluster roles, webhooks and CRDs as Istio's do. */
const CERT_MANAGER_RIGHTS: readonly RightRow[] = (
  [
    ["", "secrets"],
    ["", "services"],
    ["", "serviceaccounts"],
    ["apps", "deployments"],
    ["batch", "jobs"],
    ["rbac.authorization.k8s.io", "roles"],
    ["rbac.authorization.k8s.io", "rolebindings"],
  ] as const
).map(([group, resource]) => kind(group, resource, "cert-manager", CERT_MANAGER_NAMESPACE));

/** What the chart of metrics-server creates. */
const METRICS_SERVER_RIGHTS: readonly RightRow[] = [
  kind("apiregistration.k8s.io", "apiservices", "the metrics API"),
  ...(
    [
      ["", "secrets"],
      ["", "services"],
      ["", "serviceaccounts"],
      ["apps", "deployments"],
      ["policy", "poddisruptionbudgets"],
      ["rbac.authorization.k8s.io", "rolebindings"],
    ] as const
  ).map(([group, resource]) => kind(group, resource, "metrics-server", "kube-system")),
];

/** What a stack does on a peer, to make the reader that its istiod sees it by. */
const PEER_RIGHTS: readonly RightRow[] = [
  kind("", "namespaces", "the reader's own namespace"),
  kind("rbac.authorization.k8s.io", "clusterroles", "what the reader may read"),
  kind("rbac.authorization.k8s.io", "clusterrolebindings", "that the reader may read it"),
];

export const peerRights = ({
  self,
  theater,
  observability,
}: Pick<ClusterConfig, "self" | "theater" | "observability">): readonly RightRow[] => [
  ...PEER_RIGHTS,
  ...readerOf(`mesh-peer-${self.id}`, "the reader"),
  ...(observability?.whole?.kiali === undefined
    ? []
    : readerOf(observerName(self.id), "Kiali's reader")),
  ...(looksAtPeers(theater) ? readerOf(PAGE.viewerNamespace(self.id), "the page's viewer") : []),
];

const readerOf = (namespace: string, who: string): readonly RightRow[] => [
  kind("", "serviceaccounts", who, namespace),
  kind("", "secrets", `${who}'s token`, namespace),
];

/** What a ready-made reader has to be allowed. */
export const readerRights = ({
  remoteCredentials,
}: Pick<ClusterConfig, "remoteCredentials">): readonly RightRow[] =>
  readerRules(remoteCredentials).flatMap(({ apiGroups, resources, resourceNames, reason }) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) =>
        (resourceNames ?? [undefined]).map((name) => ({
          group,
          resource,
          reason,
          verbs: READER_VERBS,
          ...(name && { name, namespace: SYSTEM_NAMESPACE }),
        })),
      ),
    ),
  );

/**
 * Who may write roles may by that alone not give away rights that they don't have
 * (kubernetes.io "Privilege escalation prevention").
 */
export const GIVE_AWAY: readonly Right[] = [
  { group: "rbac.authorization.k8s.io", resource: "clusterroles", verb: "escalate" },
  { group: "rbac.authorization.k8s.io", resource: "clusterroles", verb: "bind" },
];

export const EVERYTHING: Right = { group: "*", resource: "*", verb: "*" };
