import { EAST_WEST_GATEWAY, INGRESS_GATEWAY } from "../../../components/istio/constants";
import { count, enumerate } from "../../preflight/text";
import { clusterCheck, ok, type Verdict } from "../check";
import type { Pod, Workload } from "../facts";
import { podsOf, troubleOf } from "../workloads";

export const gatewayReady = clusterCheck({
  name: "gateway-ready",
  column: "gateway",
  severity: "error",
  what: "Whether the east-west gateway and the ingress gateway run",
  why: "Other networks get in by the east-west gateway alone, the public by the ingress gateway.",
  fix: "kubectl -n istio-system describe pod says why they don't start; injected pods need istiod first.",
  link: "https://istio.io/latest/docs/setup/additional-setup/gateway/",
  needs: ["gateways", "pods"],
  judge: ({ gateways, pods }) => judgeGateways(gateways, pods),
});

export const judgeGateways = (gateways: readonly Workload[], pods: readonly Pod[]): Verdict[] =>
  [EAST_WEST_GATEWAY, INGRESS_GATEWAY].map((name) =>
    judgeGateway(
      name,
      gateways.find((gateway) => gateway.name === name),
      pods,
    ),
  );

function judgeGateway(name: string, gateway: Workload | undefined, pods: readonly Pod[]): Verdict {
  if (gateway === undefined) {
    return {
      severity: "error",
      what: `There is no ${name}.`,
      fix: "npm run mesh -- up deploys it.",
    };
  }
  if (gateway.wanted === 0) {
    return {
      severity: "error",
      what: `${name} is scaled to 0.`,
      fix: `kubectl -n istio-system scale deployment ${name} --replicas=1`,
    };
  }
  if (gateway.available >= gateway.wanted) {
    return ok(`${name} runs (${gateway.available} of ${gateway.wanted}).`);
  }
  const troubles = podsOf(gateway, pods).flatMap(troubleOf);
  const reason = troubles.length > 0 ? `: ${enumerate(troubles)}` : "";
  return {
    severity: gateway.available === 0 ? "error" : "warning",
    what: `${gateway.available} of ${count(gateway.wanted, "replica")} of ${name} ${gateway.available === 1 ? "is" : "are"} ready${reason}.`,
  };
}
