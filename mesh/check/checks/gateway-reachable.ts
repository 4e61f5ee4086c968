import { CROSS_NETWORK_PORT } from "../../../components/istio/constants";
import { enumerate } from "../../preflight/text";
import { directionCheck, ok, type Verdict } from "../check";
import type { AddressAnswer, Reach, ReachOutcome } from "../facts";

export const gatewayReachable = directionCheck({
  name: "gateway-reachable",
  column: "traffic",
  severity: "error",
  what: `Whether the peer's gateway answers on port ${CROSS_NETWORK_PORT} from a pod of this cluster, as Envoy answers strangers, and with TLS from this machine if it can be reached from here`,
  why: "All calls to the peer's services go there.",
  fix: `Let the addresses by which this cluster's nodes leave their network through to port ${CROSS_NETWORK_PORT} of the peer's load balancer.`,
  link: "https://istio.io/latest/docs/setup/install/multicluster/before-you-begin/",
  follows: [
    "gateway-ready",
    "gateway-address",
    "cross-network-gateway",
    "gateway-tls",
    "peer-gateway",
  ],
  needs: ["reach"],
  wants: ["fromHere"],
  judge: ({ reach, fromHere = {} }, _self, { cluster }) =>
    judgeReach(reach[cluster.id] ?? [], fromHere[cluster.id] ?? []),
});

type Failure = Exclude<ReachOutcome, "passthrough" | "unknown">;

const FAILURES: Readonly<Record<Failure, { readonly what: string; readonly fix?: string }>> = {
  refused: {
    what: "refuses connections",
    fix: "The load balancer has nothing behind it: look at its health checks and at the peer's gateway pods.",
  },
  silent: { what: "doesn't answer" },
  unresolved: {
    what: "doesn't resolve",
    fix: "Let this cluster's DNS resolve the name of the peer's load balancer.",
  },
  answered: {
    what: "is answered by something else than the gateway",
    fix: "Make the load balancer pass TCP on unopened: one that ends TLS or HTTP itself breaks the mesh's mTLS.",
  },
};

export function judgeReach(
  reaches: readonly Reach[],
  fromHere: readonly AddressAnswer[],
): Verdict[] {
  if (reaches.length === 0) {
    return [];
  }
  const verdicts = reaches.flatMap((reach) =>
    reach.outcome === "passthrough"
      ? judgeFromHere(fromHere.find(({ address }) => address === reach.address))
      : [judgeFailure(reach, reach.outcome)],
  );
  return verdicts.length > 0
    ? verdicts
    : [ok(`${enumerate(reaches.map(({ address }) => address))} lets this cluster in.`)];
}

function judgeFailure(
  { address, said }: Reach,
  outcome: Exclude<ReachOutcome, "passthrough">,
): Verdict {
  if (outcome === "unknown") {
    return { severity: "warning", what: `${address} could not be judged: ${said}.` };
  }
  const { what, fix } = FAILURES[outcome];
  return { severity: "error", what: `${address} ${what}: ${said}.`, ...(fix && { fix }) };
}

/**
 * A load balancer that takes every connection and then finds nobody behind it looks like the gateway
 * from inside, where no client can speak the mesh's TLS; from here one can.
 */
function judgeFromHere(answer: AddressAnswer | undefined): Verdict[] {
  return answer?.result === "closed"
    ? [
        {
          severity: "error",
          what: `${answer.address} takes connections and drops them, although the gateway's own pod answers: ${answer.reason}.`,
          fix: "The load balancer has nothing behind it: look at its health checks and node ports.",
        },
      ]
    : [];
}
