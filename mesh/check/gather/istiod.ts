import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { ISTIOD_SERVICE } from "../../../components/istio/constants";
import type { KubeClient } from "../../../kube/client";
import { connectToPod, getFromPod } from "../../../kube/port-forward";
import type { NetworkGateway, PeerSync, Proxy } from "../facts";
import { shakeHands } from "./tls";

/** Where istiod answers questions about itself: to its own pod, and so to a forwarded port, without login. */
const MONITORING_PORT = 15014;
/** Where it gives proxies their configuration and certificates. */
const SECURE_PORT = 15012;

const debug = async (
  client: KubeClient,
  pod: string,
  what: string,
  signal: AbortSignal,
): Promise<unknown> =>
  JSON.parse(
    await getFromPod(
      client,
      { namespace: SYSTEM_NAMESPACE, pod, port: MONITORING_PORT },
      `/debug/${what}`,
      signal,
    ),
  );

/** The clusters that one istiod watches, its own among them. */
export const watchedClusters = async (
  client: KubeClient,
  pod: string,
  signal: AbortSignal,
): Promise<readonly PeerSync[]> => (await debug(client, pod, "clusterz", signal)) as PeerSync[];

/** The gateways between networks that one istiod knows. */
export async function knownGateways(
  client: KubeClient,
  pod: string,
  signal: AbortSignal,
): Promise<readonly NetworkGateway[]> {
  const found = (await debug(client, pod, "networkz", signal)) as
    readonly { Network: string; Cluster: string; Addr: string; Port: number }[] | null;
  return (found ?? []).map(({ Network, Cluster, Addr, Port }) => ({
    network: Network,
    cluster: Cluster,
    address: Addr,
    port: Port,
  }));
}

/** The proxies that are connected to one istiod. */
export async function connectedProxies(
  client: KubeClient,
  pod: string,
  signal: AbortSignal,
): Promise<readonly Proxy[]> {
  const found = (await debug(client, pod, "syncz", signal)) as
    readonly { cluster_id?: string; proxy?: string; istio_version?: string }[] | null;
  return (found ?? []).map(({ cluster_id, proxy, istio_version }) => ({
    name: proxy ?? "",
    clusterId: cluster_id ?? "",
    version: istio_version ?? "",
  }));
}

/** The certificates that one istiod shows to proxies. */
export async function servingChain(
  client: KubeClient,
  pod: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const target = { namespace: SYSTEM_NAMESPACE, pod, port: SECURE_PORT };
  const answer = await shakeHands(await connectToPod(client, target, signal), {
    serverName: ISTIOD_SERVICE,
    protocol: "h2",
  });
  if (answer.result !== "answered") {
    throw new Error(`${pod} shows no certificate on ${SECURE_PORT}: ${answer.reason}`);
  }
  return answer.chain;
}
