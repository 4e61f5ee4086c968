import { CROSS_NETWORK_PORT, SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import type { KubeClient } from "../../../kube/client";
import { connectToPod, getFromPod } from "../../../kube/port-forward";
import type { ServicePort, TlsAnswer, Upstream } from "../facts";
import { helloFor, shakeHands } from "./tls";

/** Envoy's administration, which listens to its own pod only. */
const ADMIN_PORT = 15000;

/** The part of Envoy's /clusters?format=json that is looked at (envoy.admin.v3.Clusters). */
export interface EnvoyClusters {
  readonly cluster_statuses?: readonly {
    readonly name?: string;
    readonly host_statuses?: readonly {
      readonly address?: {
        readonly socket_address?: { readonly address?: string; readonly port_value?: number };
      };
      readonly health_status?: Readonly<Record<string, unknown>>;
      /** Counted since the proxy started; numbers are texts, and zeros are left out. */
      readonly stats?: readonly { readonly name?: string; readonly value?: string }[];
    }[];
  }[];
}

/** @param namespace the pod's; the gateways' by default */
export async function envoyClusters(
  client: KubeClient,
  pod: string,
  signal: AbortSignal,
  namespace: string = SYSTEM_NAMESPACE,
): Promise<EnvoyClusters> {
  const target = { namespace, pod, port: ADMIN_PORT };
  return JSON.parse(
    await getFromPod(client, target, "/clusters?format=json", signal),
  ) as EnvoyClusters;
}

/** `outbound|8080||echo.echo.svc.cluster.local`: a service without subset, as proxies call it. */
const SERVICE = /^outbound\|(\d+)\|\|(.+)$/;
/** The same as an east-west gateway calls it, for callers in other networks. */
const EXPOSED = /^outbound_\.(\d+)_\._\.(.+)$/;

/** Every endpoint that a proxy can send requests to. */
export const upstreamsOf = (clusters: EnvoyClusters): Upstream[] =>
  endpoints(clusters, SERVICE).flatMap(({ host, port, endpoint }) => {
    const { address, port_value: endpointPort } = endpoint.address?.socket_address ?? {};
    return address !== undefined && endpointPort !== undefined
      ? [{ host, port, address, endpointPort, isHealthy: isHealthy(endpoint.health_status) }]
      : [];
  });

/** The services that an east-west gateway has healthy endpoints of, for callers in other networks. */
export function exposedBy(clusters: EnvoyClusters): ServicePort[] {
  const healthy = endpoints(clusters, EXPOSED)
    .filter(({ endpoint }) => isHealthy(endpoint.health_status))
    .map(({ host, port }) => ({ host, port }));
  return healthy.filter(
    ({ host, port }, index) =>
      healthy.findIndex((other) => other.host === host && other.port === port) === index,
  );
}

/** What a gateway's pod answers a caller from another network who wants this service. */
export async function answerOf(
  client: KubeClient,
  pod: string,
  service: ServicePort,
  signal: AbortSignal,
): Promise<TlsAnswer> {
  const target = { namespace: SYSTEM_NAMESPACE, pod, port: CROSS_NETWORK_PORT };
  return shakeHands(await connectToPod(client, target, signal), helloFor(service));
}

type Host = NonNullable<
  NonNullable<EnvoyClusters["cluster_statuses"]>[number]["host_statuses"]
>[number];

const endpoints = (
  { cluster_statuses: clusters = [] }: EnvoyClusters,
  pattern: RegExp,
): (ServicePort & { readonly endpoint: Host })[] =>
  clusters.flatMap(({ name = "", host_statuses: hosts = [] }) => {
    const [, port, host] = pattern.exec(name) ?? [];
    return port === undefined || host === undefined
      ? []
      : hosts.map((endpoint) => ({ host, port: Number(port), endpoint }));
  });

/** Every failed_… flag counts, and what istiod itself says (envoy.admin.v3.HostHealthStatus). */
const isHealthy = (status: Readonly<Record<string, unknown>> = {}): boolean =>
  Object.entries(status).every(([flag, value]) =>
    flag === "eds_health_status"
      ? value === "HEALTHY" || value === "UNKNOWN"
      : !flag.startsWith("failed_") || value !== true,
  );
