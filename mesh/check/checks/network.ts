import { NETWORK_LABEL } from "../../../components/istio/constants";
import { clusterCheck, ok, type Verdict } from "../check";
import type { GatewayService, SystemNamespace } from "../facts";

export const network = clusterCheck({
  name: "network",
  column: "gateway",
  severity: "error",
  what: `Whether istio-system and the east-west gateway's Service have the cluster's network as their label ${NETWORK_LABEL}`,
  why: "istiod takes pods of the same network for directly reachable. With a wrong label it sends traffic past the gateway to addresses that nobody routes, or finds no gateway.",
  fix: "npm run mesh -- up --refresh puts the label back.",
  link: "https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/",
  needs: ["systemNamespace", "eastWest"],
  judge: ({ systemNamespace, eastWest }, { cluster }) =>
    judgeNetwork(systemNamespace, eastWest, cluster.network),
});

export function judgeNetwork(
  namespace: SystemNamespace | undefined,
  eastWest: GatewayService | undefined,
  expected: string,
): Verdict[] {
  const wrong = [
    { what: "Namespace istio-system", labels: namespace?.labels },
    { what: `Service ${eastWest?.name}`, labels: eastWest?.labels },
  ].filter(({ labels }) => labels !== undefined && labels[NETWORK_LABEL] !== expected);
  return wrong.length > 0
    ? wrong.map(({ what, labels }) => ({
        severity: "error",
        what: `${what} is labelled ${NETWORK_LABEL}=${labels?.[NETWORK_LABEL] ?? "(nothing)"} instead of ${expected}.`,
      }))
    : [ok(`Namespace and gateway are labelled as network ${expected}.`)];
}
