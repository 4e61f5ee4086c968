import { CROSS_NETWORK_PORT, EAST_WEST_GATEWAY } from "../../../components/istio/constants";
import type { Cluster } from "../../../config/model";
import { enumerate } from "../../preflight/text";
import { clusterCheck, ok, type Verdict } from "../check";
import type { GatewayService } from "../facts";

export const gatewayAddress = clusterCheck({
  name: "gateway-address",
  column: "gateway",
  severity: "error",
  what: `Whether the east-west gateway's Service has port ${CROSS_NETWORK_PORT} and an address, of the kind that the cloud's load balancers have`,
  why: "Peers send their traffic to this address. Without one, istiod gives their proxies the pods' own addresses, which lead nowhere.",
  fix: `kubectl -n istio-system describe service ${EAST_WEST_GATEWAY} says what the cloud's load balancer is waiting for.`,
  link: "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
  needs: ["eastWest"],
  judge: ({ eastWest }, { cluster }) => judgeAddress(eastWest, cluster.cloud.addressKind),
});

const KINDS = { hostname: "a host name", ip: "an IP address", any: "either" } as const;

export function judgeAddress(
  service: GatewayService | undefined,
  expected: Cluster["cloud"]["addressKind"],
): Verdict[] {
  if (service === undefined) {
    return [
      {
        severity: "error",
        what: `There is no Service ${EAST_WEST_GATEWAY}.`,
        fix: "npm run mesh -- up deploys it.",
      },
    ];
  }
  const { name, type, ports, addresses } = service;
  if (type !== "LoadBalancer") {
    return [
      {
        severity: "error",
        what: `Service ${name} is of type ${type}, not LoadBalancer.`,
        fix: "npm run mesh -- up --refresh puts it back.",
      },
    ];
  }
  if (!ports.includes(CROSS_NETWORK_PORT)) {
    return [
      {
        severity: "error",
        what: `Service ${name} doesn't have port ${CROSS_NETWORK_PORT}.`,
        why: "Peers connect to it on this port.",
        fix: "npm run mesh -- up --refresh puts it back.",
      },
    ];
  }
  if (addresses.length === 0) {
    return [{ severity: "error", what: `Service ${name} has no address yet.` }];
  }
  const texts = enumerate(addresses.map(({ address }) => address));
  const strange = expected === "any" ? [] : addresses.filter(({ kind }) => kind !== expected);
  return strange.length > 0
    ? [
        {
          severity: "warning",
          what: `The address ${texts} is ${KINDS[strange[0]?.kind ?? "ip"]}; load balancers of this cloud have ${KINDS[expected]}.`,
          why: "Somebody else's load balancer may have answered for the cloud's.",
          fix: "Look at who set the Service's status, or correct cloud in mesh:clusters.",
        },
      ]
    : [ok(`Its address is ${texts}.`)];
}
