import { INGRESS_GATEWAY, SYSTEM_NAMESPACE } from "../istio/constants";
import { OBSERVABILITY, OBSERVABILITY_PORTS } from "./constants";

const API = "security.istio.io/v1";
const { namespace } = OBSERVABILITY;

interface Caller {
  readonly namespace: string;
  readonly account: string;
}

/** Who may call what of observability. */
export interface Access {
  readonly name: string;
  /** Labels of the pods that are called. */
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number;
  /** Any workload of the mesh where nobody is named. */
  readonly callers: readonly Caller[] | "mesh";
}

const ours = (account: string): Caller => ({ namespace, account });

/** The mesh's other Prometheus, and what draws pictures of it; nobody from outside. */
export const PROMETHEUS_ACCESS: Access = {
  name: OBSERVABILITY.prometheus,
  labels: { "app.kubernetes.io/name": OBSERVABILITY.prometheus },
  port: OBSERVABILITY_PORTS.prometheus,
  callers: [ours(OBSERVABILITY.prometheus), ours(OBSERVABILITY.grafana), ours(OBSERVABILITY.kiali)],
};

/** Every proxy of the mesh may report what it saw. */
export const COLLECTOR_ACCESS: Access = {
  name: OBSERVABILITY.collector,
  labels: { app: OBSERVABILITY.jaeger },
  port: OBSERVABILITY_PORTS.collector,
  callers: "mesh",
};

/** Jaeger's own pages know no login. */
export const JAEGER_ACCESS: Access = {
  name: OBSERVABILITY.jaeger,
  labels: { app: OBSERVABILITY.jaeger },
  port: OBSERVABILITY_PORTS.jaeger,
  callers: [ours(OBSERVABILITY.grafana), ours(OBSERVABILITY.kiali)],
};

/** Kiali, which links to it, and where its host is public, whoever comes in that way: it asks for a login. */
export const grafanaAccess = (isPublic: boolean): Access => ({
  name: OBSERVABILITY.grafana,
  labels: { "app.kubernetes.io/name": OBSERVABILITY.grafana },
  port: OBSERVABILITY_PORTS.grafana,
  callers: [
    ours(OBSERVABILITY.kiali),
    ...(isPublic ? [{ namespace: SYSTEM_NAMESPACE, account: INGRESS_GATEWAY }] : []),
  ],
});

/** Istio's `allow nothing`: what no other policy allows is refused. */
export const denyAll = {
  apiVersion: API,
  kind: "AuthorizationPolicy",
  metadata: { name: "deny-all", namespace },
  spec: {},
};

/** An identity is the same in every cluster, and stays its own across networks. */
export const authorizationPolicy = (
  { name, labels, port, callers }: Access,
  trustDomain: string,
) => ({
  apiVersion: API,
  kind: "AuthorizationPolicy",
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: labels },
    action: "ALLOW",
    rules: [
      {
        from: [
          {
            source: {
              principals:
                callers === "mesh"
                  ? ["*"]
                  : callers.map(
                      (caller) => `${trustDomain}/ns/${caller.namespace}/sa/${caller.account}`,
                    ),
            },
          },
        ],
        to: [{ operation: { ports: [String(port)] } }],
      },
    ],
  },
});
