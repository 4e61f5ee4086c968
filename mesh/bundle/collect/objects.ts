import { ECHO } from "../../../components/echo/constants";
import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { without } from "../../../config/json";
import type { Item } from "../../preflight/cluster-api";

/** Kinds of the whole cluster that decide about a mesh. */
export const CLUSTER_LISTS = {
  nodes: "/api/v1/nodes",
  namespaces: "/api/v1/namespaces",
  storageclasses: "/apis/storage.k8s.io/v1/storageclasses",
  mutatingwebhookconfigurations:
    "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
  validatingwebhookconfigurations:
    "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
  gateways: "/apis/networking.istio.io/v1/gateways",
  virtualservices: "/apis/networking.istio.io/v1/virtualservices",
  destinationrules: "/apis/networking.istio.io/v1/destinationrules",
  serviceentries: "/apis/networking.istio.io/v1/serviceentries",
  sidecars: "/apis/networking.istio.io/v1/sidecars",
  envoyfilters: "/apis/networking.istio.io/v1alpha3/envoyfilters",
  peerauthentications: "/apis/security.istio.io/v1/peerauthentications",
  requestauthentications: "/apis/security.istio.io/v1/requestauthentications",
  authorizationpolicies: "/apis/security.istio.io/v1/authorizationpolicies",
  telemetries: "/apis/telemetry.istio.io/v1/telemetries",
  gatewayclasses: "/apis/gateway.networking.k8s.io/v1/gatewayclasses",
  gatewayapis: "/apis/gateway.networking.k8s.io/v1/gateways",
  httproutes: "/apis/gateway.networking.k8s.io/v1/httproutes",
} as const;

/** Kinds that are read of each namespace of the mesh: list by API group and resource. */
export const NAMESPACE_LISTS: Readonly<Record<string, string>> = {
  pods: "/api/v1",
  services: "/api/v1",
  configmaps: "/api/v1",
  secrets: "/api/v1",
  serviceaccounts: "/api/v1",
  resourcequotas: "/api/v1",
  limitranges: "/api/v1",
  endpointslices: "/apis/discovery.k8s.io/v1",
  deployments: "/apis/apps/v1",
  statefulsets: "/apis/apps/v1",
  daemonsets: "/apis/apps/v1",
  jobs: "/apis/batch/v1",
  horizontalpodautoscalers: "/apis/autoscaling/v2",
  poddisruptionbudgets: "/apis/policy/v1",
  networkpolicies: "/apis/networking.k8s.io/v1",
  ingresses: "/apis/networking.k8s.io/v1",
  roles: "/apis/rbac.authorization.k8s.io/v1",
  rolebindings: "/apis/rbac.authorization.k8s.io/v1",
};

export const namespacePath = (kind: string, namespace: string): string =>
  `${NAMESPACE_LISTS[kind]}/namespaces/${namespace}/${kind}`;

/** More of a large cluster than these would only hide the mesh. */
const MOST_NAMESPACES = 30;
/** The components ReaderIdentity and PageViewer call their namespaces so. */
const READER_PREFIXES = ["mesh-peer-", "theater-viewer-"];

/**
 * The namespaces that a mesh consists of: the system's, the readers', and those whose pods get
 * proxies; the system's first.
 */
export function meshNamespaces(namespaces: readonly Item[]): string[] {
  const belongs = ({ metadata: { name, labels = {} } }: Item): boolean =>
    name === SYSTEM_NAMESPACE ||
    name === ECHO.namespace ||
    READER_PREFIXES.some((prefix) => name.startsWith(prefix)) ||
    labels["istio-injection"] === "enabled" ||
    labels["istio.io/rev"] !== undefined;
  const names = namespaces.filter(belongs).map(({ metadata }) => metadata.name);
  return names
    .sort((one, other) => Number(other === SYSTEM_NAMESPACE) - Number(one === SYSTEM_NAMESPACE))
    .slice(0, MOST_NAMESPACES);
}

/** What of an object is for everybody's eyes by its nature, before secrets are looked for in it. */
export function presentable(kind: string, namespace: string | undefined, item: Item): unknown {
  const metadata = without(item.metadata, ["managedFields"]);
  const object: Record<string, unknown> = { ...item, metadata };
  const isOurs = namespace === undefined || namespace === SYSTEM_NAMESPACE;
  if (kind === "secrets") {
    return { kind: "Secret", ...object };
  }
  if (kind === "configmaps" && !isOurs) {
    return { ...object, data: sizes(object["data"]), binaryData: sizes(object["binaryData"]) };
  }
  if (kind === "configmaps") {
    return { ...object, binaryData: sizes(object["binaryData"]) };
  }
  return isOurs ? object : withoutValues(object);
}

const sizes = (data: unknown): unknown =>
  typeof data === "object" && data !== null
    ? Object.fromEntries(
        Object.entries(data).map(([key, value]) => [key, `${String(value).length} characters`]),
      )
    : undefined;

/** Containers of the mesh's own; what others are given in their environment is theirs to know. */
const MESH_CONTAINERS = new Set(["istio-proxy", "istio-init", "istio-validation", "discovery"]);

/** Workloads without the values of their containers' environment. */
function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutValues);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const object = value as Readonly<Record<string, unknown>>;
  const isForeign =
    Array.isArray(object["env"]) &&
    typeof object["name"] === "string" &&
    !MESH_CONTAINERS.has(object["name"]);
  return Object.fromEntries(
    Object.entries(object).map(([key, item]) => [
      key,
      key === "env" && isForeign ? (item as readonly unknown[]).map(nameOnly) : withoutValues(item),
    ]),
  );
}

function nameOnly(variable: unknown): unknown {
  if (typeof variable !== "object" || variable === null || !("value" in variable)) {
    return variable;
  }
  return { ...variable, value: "[the application's own]" };
}
