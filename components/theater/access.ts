import { allowCalls, allowNothing, type Caller } from "../authorization";
import { CROSS_NETWORK_PORT, INGRESS_GATEWAY, SYSTEM_NAMESPACE } from "../istio/constants";
import { WEIGHTED_SERVICES } from "../../config/theater-schema";
import { THEATER, THEATER_PORTS } from "./constants";

const { namespace } = THEATER;

const GATEWAY: Caller = { namespace, account: "api-gateway" };
const PUBLIC: Caller = { namespace: SYSTEM_NAMESPACE, account: INGRESS_GATEWAY };

/** Who may call what in the theater; nobody else may call anything. */
export const ACCESS: readonly {
  readonly service: string;
  readonly port: number;
  readonly callers: readonly Caller[];
}[] = [
  { service: "api-gateway", port: THEATER_PORTS["api-gateway"], callers: [PUBLIC] },
  ...WEIGHTED_SERVICES.map((service) => ({
    service,
    port: THEATER_PORTS[service],
    callers: [GATEWAY],
  })),
  {
    service: THEATER.redis,
    port: THEATER.redisPort,
    callers: WEIGHTED_SERVICES.map((account) => ({ namespace, account })),
  },
];

export const denyAll = allowNothing(namespace);

export const authorizationPolicy = (
  { service, port, callers }: (typeof ACCESS)[number],
  trustDomain: string,
) => allowCalls({ name: service, namespace, labels: { app: service }, port, callers }, trustDomain);

const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});

/** Port on which a pod's proxy gives out metrics, the service's among them. */
const PROXY_METRICS_PORT = 15020;
/** istiod's port of certificates and configuration. */
const ISTIOD_PORT = 15012;
const DNS_PORT = 53;

/**
 * The same for the network below the mesh: by port, from the theater itself and from Istio's gateways,
 * through which other clusters come in; metrics to whoever collects them.
 */
export const ingressPolicy = ({ service, port }: (typeof ACCESS)[number]) => ({
  metadata: { name: service, namespace },
  spec: {
    podSelector: { matchLabels: { app: service } },
    policyTypes: ["Ingress"],
    ingress: [
      {
        from: [inNamespace(namespace), inNamespace(SYSTEM_NAMESPACE)],
        ports: [{ protocol: "TCP", port }],
      },
      { ports: [{ protocol: "TCP", port: PROXY_METRICS_PORT }] },
    ],
  },
});

/** To the theater itself, to Istio, to the gateways of other clusters, and for names; nowhere else. */
export const egressPolicy = {
  metadata: { name: "egress", namespace },
  spec: {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [
      { to: [inNamespace(namespace)] },
      { to: [inNamespace(SYSTEM_NAMESPACE)], ports: [{ protocol: "TCP", port: ISTIOD_PORT }] },
      { ports: [{ protocol: "TCP", port: CROSS_NETWORK_PORT }] },
      {
        ports: [
          { protocol: "UDP", port: DNS_PORT },
          { protocol: "TCP", port: DNS_PORT },
        ],
      },
    ],
  },
};
