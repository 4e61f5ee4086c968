import { PASSTHROUGH } from "../../components/bookinfo/passthrough-objects";
import { BOOKINFO } from "../../components/bookinfo/constants";
import { CLOVA } from "../../components/clova/constants";
import { DASHBOARD, LESSONS } from "../../components/lessons/constants";
import { ECHO } from "../../components/echo/constants";
import { CERT_MANAGER_API, CERT_MANAGER_NAMESPACE } from "../../components/https/constants";
import {
  CACERTS_SECRET,
  EAST_WEST_GATEWAY,
  INGRESS_GATEWAY,
  SYSTEM_NAMESPACE,
} from "../../components/istio/constants";
import { THEATER } from "../../components/theater/constants";
import {
  OBSERVABILITY,
  observerName,
  PROMETHEUS_ROLE,
  TRACING,
} from "../../components/observability/constants";
import type { ClusterConfig, HttpsConfig } from "../../config/model";
import type { ObservabilityConfig } from "../../config/observability";
import { HOST_KINDS, publicServices } from "./public-hosts";
import { PAGE } from "../../components/theater/page-constants";
import { looksAtPeers } from "../../config/theater";

/** An object of a fixed name that a stack creates itself, not through Helm. */
export interface StackObject {
  /** e.g. `Secret istio-system/cacerts` */
  readonly what: string;
  readonly path: string;
}

const CORE = "/api/v1/namespaces";
const RBAC = "/apis/rbac.authorization.k8s.io/v1";

const namespace = (name: string): StackObject => ({
  what: `Namespace ${name}`,
  path: `${CORE}/${name}`,
});

const secret = (name: string): StackObject => ({
  what: `Secret ${SYSTEM_NAMESPACE}/${name}`,
  path: `${CORE}/${SYSTEM_NAMESPACE}/secrets/${name}`,
});

const inSystem = (
  kind: string,
  group: string,
  plural: string,
  name: string,
  version = "v1",
): StackObject => ({
  what: `${kind} ${SYSTEM_NAMESPACE}/${name}`,
  path: `/apis/${group}/${version}/namespaces/${SYSTEM_NAMESPACE}/${plural}/${name}`,
});

/**
 * In the stack's own cluster. Without istio-system and the default StorageClass, which have checks of
 * their own, and without what lies in a namespace of this list.
 */
export const ownObjects = (
  config: Pick<
    ClusterConfig,
    | "peers"
    | "https"
    | "clova"
    | "bookinfo"
    | "firstSteps"
    | "theater"
    | "observability"
    | "echoImage"
    | "connectionSeconds"
  >,
): readonly StackObject[] => {
  const { peers, https, clova, bookinfo, firstSteps, theater, observability } = config;
  const { echoImage, connectionSeconds } = config;
  return [
    secret(CACERTS_SECRET),
    ...peers.map(({ cluster }) => secret(`istio-remote-secret-${cluster.id}`)),
    inSystem("PeerAuthentication", "security.istio.io", "peerauthentications", "default"),
    inSystem("Gateway", "networking.istio.io", "gateways", "cross-network-gateway"),
    ...[INGRESS_GATEWAY, EAST_WEST_GATEWAY].map((name) =>
      inSystem("PodDisruptionBudget", "policy", "poddisruptionbudgets", name),
    ),
    ...(connectionSeconds > 0
      ? [
          inSystem(
            "EnvoyFilter",
            "networking.istio.io",
            "envoyfilters",
            "connection-rotation",
            "v1alpha3",
          ),
        ]
      : []),
    ...(bookinfo === undefined ? [] : [namespace(BOOKINFO.namespace)]),
    ...(bookinfo === undefined || bookinfo.opened.length === 0
      ? []
      : (
          [
            ["Gateway", "gateways"],
            ["VirtualService", "virtualservices"],
            ["DestinationRule", "destinationrules"],
          ] as const
        ).map(([kind, plural]) => inSystem(kind, "networking.istio.io", plural, PASSTHROUGH))),
    ...(firstSteps === undefined
      ? []
      : [
          namespace(LESSONS.namespace),
          {
            what: `IngressClass ${LESSONS.ingressClass}`,
            path: `/apis/networking.k8s.io/v1/ingressclasses/${LESSONS.ingressClass}`,
          },
        ]),
    ...(firstSteps?.dashboard
      ? [
          namespace(DASHBOARD.namespace),
          {
            what: `ClusterRoleBinding ${DASHBOARD.viewer}`,
            path: `${RBAC}/clusterrolebindings/${DASHBOARD.viewer}`,
          },
        ]
      : []),
    ...(theater === undefined ? [] : [namespace(THEATER.namespace)]),
    ...(theater?.entry === undefined
      ? []
      : [inSystem("VirtualService", "networking.istio.io", "virtualservices", THEATER.name)]),
    ...(theater?.entry?.kind === "http"
      ? [inSystem("Gateway", "networking.istio.io", "gateways", THEATER.name)]
      : []),
    ...(echoImage === undefined ? [] : [namespace(ECHO.namespace)]),
    ...(clova === undefined ? [] : [namespace(CLOVA.namespace)]),
    ...(https === undefined ? [] : issuerObjects(https)),
    ...(observability === undefined ? [] : observabilityObjects(observability)),
    ...publicServices(config).flatMap((service) =>
      HOST_KINDS.flatMap(({ kind, group, plural, names }) =>
        names(service).map((name) => inSystem(kind, group, plural, name)),
      ),
    ),
  ];
};

/** What signs the certificates of the public hosts. */
const issuerObjects = ({ certManager, issuer }: HttpsConfig): readonly StackObject[] => [
  ...(certManager === undefined ? [] : [namespace(CERT_MANAGER_NAMESPACE)]),
  ...(issuer.kind === "existing"
    ? []
    : [
        {
          what: `ClusterIssuer ${issuer.name}`,
          path: `/apis/${CERT_MANAGER_API}/clusterissuers/${issuer.name}`,
        },
      ]),
];

const observabilityObjects = ({ tracing }: ObservabilityConfig): readonly StackObject[] => [
  namespace(OBSERVABILITY.namespace),
  ...clusterRole(PROMETHEUS_ROLE),
  ...(tracing === undefined
    ? []
    : [inSystem("Telemetry", "telemetry.istio.io", "telemetries", TRACING)]),
];

/** A ClusterRole and its binding, of one name. */
const clusterRole = (name: string): readonly StackObject[] => [
  { what: `ClusterRole ${name}`, path: `${RBAC}/clusterroles/${name}` },
  { what: `ClusterRoleBinding ${name}`, path: `${RBAC}/clusterrolebindings/${name}` },
];

/**
 * On a peer, for the readers of the stack's own cluster: istiod's, Kiali's where it runs, and that of
 * the theater's page, which gets its rights from the peer.
 */
export const readerObjects = ({
  self,
  theater,
  observability,
}: Pick<ClusterConfig, "self" | "theater" | "observability">): readonly StackObject[] => [
  ...[
    `mesh-peer-${self.id}`,
    ...(observability?.whole?.kiali === undefined ? [] : [observerName(self.id)]),
  ].flatMap((name) => [namespace(name), ...clusterRole(name)]),
  ...(looksAtPeers(theater) ? [namespace(PAGE.viewerNamespace(self.id))] : []),
];
