import { allowCalls, allowNothing, type AllowedCalls, type Caller } from "../authorization";
import { INGRESS_GATEWAY, SYSTEM_NAMESPACE } from "../istio/constants";
import { OBSERVABILITY, OBSERVABILITY_PORTS } from "./constants";

const { namespace } = OBSERVABILITY;

/** Who may call what of observability. */
export type Access = Omit<AllowedCalls, "namespace">;

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

export const denyAll = allowNothing(namespace);

export const authorizationPolicy = (access: Access, trustDomain: string) =>
  allowCalls({ ...access, namespace }, trustDomain);
