import type { Cluster } from "../../../config/model";
import { count, enumerate } from "../../preflight/text";
import { directionCheck, ok, type Verdict } from "../check";
import type { NetworkGateway, ServicePort, Upstream } from "../facts";

export const peerEndpoints = directionCheck({
  name: "peer-endpoints",
  column: "traffic",
  severity: "error",
  what: "Whether a gateway here has endpoints through the peer's gateway for the services that the peer exposes",
  why: "Only what a proxy has as an endpoint is ever called.",
  fix: "npm run mesh -- check again in a minute; if it stays so, istioctl proxy-config endpoints shows what istiod has sent.",
  link: "https://istio.io/latest/docs/ops/diagnostic-tools/proxy-cmd/",
  follows: [
    "istiod-ready",
    "api-server",
    "cluster-id",
    "network",
    "remote-secret",
    "remote-token",
    "peer-synced",
    "peer-gateway",
    "gateway-ready",
    "gateway-address",
    "cross-network-gateway",
    "mesh-mtls",
  ],
  needs: ["upstreams", "networkGateways"],
  wantsOfPeer: ["exposed"],
  judge: ({ upstreams, networkGateways }, _self, { cluster, exposed }) =>
    judgeEndpoints(upstreams, networkGateways, cluster, exposed),
});

export function judgeEndpoints(
  upstreams: readonly Upstream[],
  gateways: readonly NetworkGateway[],
  { id, network }: Pick<Cluster, "id" | "network">,
  exposed: readonly ServicePort[] | undefined,
): Verdict[] {
  const through = upstreams.filter(({ address, endpointPort }) =>
    gateways.some(
      (gateway) =>
        gateway.network === network && gateway.address === address && gateway.port === endpointPort,
    ),
  );
  const missing = (exposed ?? []).filter(
    ({ host, port }) => !through.some((seen) => seen.host === host && seen.port === port),
  );
  if (missing.length > 0) {
    const nothing = through.length === 0;
    return [
      {
        severity: nothing ? "error" : "warning",
        what: `${enumerate(missing.map(nameOf), 4)} of ${id} ${missing.length === 1 ? "has" : "have"} no endpoint through ${id}'s gateway here.`,
        ...(!nothing && {
          why: "Other services of the peer have: these may be kept to their cluster on purpose (clusterLocal, exportTo).",
        }),
      },
    ];
  }
  const sick = through.filter(({ isHealthy }) => !isHealthy);
  if (sick.length > 0) {
    return [
      {
        severity: "warning",
        what: `Endpoints of ${enumerate(sick.map(nameOf), 4)} through ${id}'s gateway are marked unhealthy.`,
        why: "Calls through it failed lately: the proxy leaves them out for a while.",
        fix: "Look for what fails in the peer: the service's pods, or its gateway.",
      },
    ];
  }
  return through.length > 0
    ? [ok(`${count(through.length, "endpoint")} through ${id}'s gateway.`)]
    : [
        {
          severity: "info",
          what: `${id} exposes no service that could be seen from here.`,
        },
      ];
}

const nameOf = ({ host, port }: ServicePort): string => `${host}:${port}`;
