import { resourcePolicy, titleOf, violation } from "../policy";
import { isVirtualService, PROTOCOLS, routesOf, rulesOf } from "../routing/virtual-service";
import { strayTotal } from "../routing/weights";

export const routeWeights = resourcePolicy(
  {
    name: "route-weights-sum",
    refuses: "Weights of a rule's destinations that don't add up to 100",
    why: "Istio takes weights as proportions: a lone 30 gets everything, and who reads it believes 30 %",
    source:
      "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination",
    level: "mandatory",
    severity: "high",
  },
  (subject) =>
    (isVirtualService(subject) ? PROTOCOLS : [])
      .flatMap((protocol) => rulesOf(subject, protocol))
      .flatMap(({ title, rule }) => {
        const routes = routesOf(rule);
        const total = strayTotal(routes.map(({ weight }) => weight));
        const isAlone = routes.length === 1;
        return total === undefined
          ? []
          : [
              violation(
                `${title} of ${titleOf(subject)}`,
                isAlone
                  ? `has a single destination with weight ${total}, which gets everything`
                  : `has weights that add up to ${total}`,
                isAlone
                  ? "leave the weight out, or put the destinations that share the traffic into this rule"
                  : "write shares of 100",
              ),
            ];
      }),
);
