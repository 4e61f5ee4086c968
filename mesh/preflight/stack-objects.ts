import { ECHO } from "../../components/echo/constants";
import { CACERTS_SECRET, SYSTEM_NAMESPACE } from "../../components/istio/constants";
import type { ClusterConfig } from "../../config/model";

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

const custom = (kind: string, group: string, plural: string, name: string): StackObject => ({
  what: `${kind} ${SYSTEM_NAMESPACE}/${name}`,
  path: `/apis/${group}/v1/namespaces/${SYSTEM_NAMESPACE}/${plural}/${name}`,
});

/**
 * In the stack's own cluster. Without istio-system, which may be others' (see `system-namespace`), and
 * without what lies in a namespace of this list.
 */
export const ownObjects = ({ peers, echoImage }: Pick<ClusterConfig, "peers" | "echoImage">) => [
  secret(CACERTS_SECRET),
  ...peers.map(({ cluster }) => secret(`istio-remote-secret-${cluster.id}`)),
  custom("PeerAuthentication", "security.istio.io", "peerauthentications", "default"),
  custom("Gateway", "networking.istio.io", "gateways", "cross-network-gateway"),
  ...(echoImage === undefined ? [] : [namespace(ECHO.namespace)]),
];

/** On a peer, for the reader of `consumer`. */
export function readerObjects(consumer: string): readonly StackObject[] {
  const name = `mesh-peer-${consumer}`;
  return [
    namespace(name),
    { what: `ClusterRole ${name}`, path: `${RBAC}/clusterroles/${name}` },
    { what: `ClusterRoleBinding ${name}`, path: `${RBAC}/clusterrolebindings/${name}` },
  ];
}
