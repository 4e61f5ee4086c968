import { CROSS_NETWORK_PORT } from "../../../components/istio/constants";
import { enumerate } from "../../preflight/text";
import { clusterCheck, ok, type Verdict } from "../check";
import type { Opening, Workload } from "../facts";
import { EAST_WEST_GATEWAY } from "../../../components/istio/constants";
import { matches } from "../workloads";

export const crossNetworkGateway = clusterCheck({
  name: "cross-network-gateway",
  column: "gateway",
  severity: "error",
  what: `Whether a Gateway opens port ${CROSS_NETWORK_PORT} of the east-west gateway for AUTO_PASSTHROUGH to the configured hosts`,
  why: "Without it the gateway doesn't listen there, and no service of this cluster can be called from another network.",
  fix: "npm run mesh -- up --refresh puts it back.",
  link: "https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/#expose-services-in-cluster1",
  needs: ["openings", "gateways"],
  judge: ({ openings, gateways }, { config }) =>
    judgeOpenings(openings, gateways, config.crossNetworkHosts),
});

export function judgeOpenings(
  openings: readonly Opening[],
  gateways: readonly Workload[],
  expected: readonly string[],
): Verdict[] {
  const pods = gateways.find(({ name }) => name === EAST_WEST_GATEWAY)?.selector ?? {};
  const here = openings.filter(
    ({ port, selector }) => port === CROSS_NETWORK_PORT && matches(selector, pods),
  );
  const open = here.filter(({ tlsMode }) => tlsMode === "AUTO_PASSTHROUGH");
  if (open.length === 0) {
    const [other] = here;
    return [
      {
        severity: "error",
        what:
          other === undefined
            ? `No Gateway opens port ${CROSS_NETWORK_PORT}.`
            : `Gateway ${other.gateway} opens port ${CROSS_NETWORK_PORT} with TLS mode ${other.tlsMode ?? "none"}, not AUTO_PASSTHROUGH.`,
      },
    ];
  }
  const hosts = open.flatMap((opening) => opening.hosts.map(withoutNamespace));
  const missing = expected.filter((host) => !hosts.includes(host));
  const more = hosts.filter((host) => !expected.includes(host));
  return missing.length > 0 || more.length > 0
    ? [
        {
          severity: "warning",
          what: `Port ${CROSS_NETWORK_PORT} is open to ${enumerate(hosts)}, mesh:crossNetworkHosts says ${enumerate(expected)}.`,
          why: "Other networks can call services that they shouldn't, or can't call those that they should.",
        },
      ]
    : [ok(`Port ${CROSS_NETWORK_PORT} is open to ${enumerate(hosts)}.`)];
}

/** `istio-system/*.local` and `*.local` are the same for a Gateway of istio-system. */
const withoutNamespace = (host: string): string => host.slice(host.indexOf("/") + 1);
