import { CROSS_NETWORK_PORT } from "../../../components/istio/constants";
import type { Cluster } from "../../../config/model";
import { enumerate } from "../../preflight/text";
import { directionCheck, ok, type Verdict } from "../check";
import type { GatewayService, NetworkGateway } from "../facts";

export const peerGateway = directionCheck({
  name: "peer-gateway",
  column: "traffic",
  severity: "error",
  what: "Whether istiod knows a gateway of the peer's network, under the address that the peer's Service has",
  why: "istiod sends proxies to the peer's network by it. Without one they get the pods' own addresses, which lead nowhere.",
  fix: "Where the address is a host name, it has to resolve in this cluster (kubectl -n istio-system logs deployment/istiod); otherwise restart istiod.",
  link: "https://istio.io/latest/docs/ops/configuration/traffic-management/multicluster/",
  follows: [
    "api-server",
    "cluster-id",
    "remote-secret",
    "remote-token",
    "peer-synced",
    "network",
    "gateway-address",
  ],
  needs: ["networkGateways"],
  wantsOfPeer: ["eastWest"],
  judge: ({ networkGateways }, _self, { cluster, eastWest }) =>
    judgePeerGateway(networkGateways, cluster, eastWest),
});

export function judgePeerGateway(
  gateways: readonly NetworkGateway[],
  { id, network }: Pick<Cluster, "id" | "network">,
  service: GatewayService | undefined,
): Verdict[] {
  const found = gateways.filter((gateway) => gateway.network === network && gateway.cluster === id);
  if (found.length === 0) {
    return [
      {
        severity: "error",
        what: `istiod knows no gateway of network ${network} (${id}).`,
      },
    ];
  }
  const addresses = found.map(({ address, port }) => `${address}:${port}`);
  const published = service?.addresses.filter(({ kind }) => kind === "ip") ?? [];
  const isPublished =
    published.length === 0 ||
    published.some(({ address }) => found.some((gateway) => gateway.address === address));
  if (!isPublished) {
    return [
      {
        severity: "error",
        what: `istiod sends traffic for ${id} to ${enumerate(addresses)}, its gateway is at ${enumerate(published.map(({ address }) => address))}.`,
        fix: "If it stays so for a minute: kubectl -n istio-system rollout restart deployment/istiod",
      },
    ];
  }
  const odd = found.filter(({ port }) => port !== CROSS_NETWORK_PORT);
  return odd.length > 0
    ? [
        {
          severity: "warning",
          what: `istiod sends traffic for ${id} to ${enumerate(addresses)}, not to port ${CROSS_NETWORK_PORT}.`,
          why: "The label networking.istio.io/gatewayPort of the peer's Service says so.",
        },
      ]
    : [ok(`istiod sends traffic for ${id} to ${enumerate(addresses)}.`)];
}
