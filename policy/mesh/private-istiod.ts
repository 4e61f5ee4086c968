import { resourcePolicy, violation } from "../policy";
import { exposuresOf } from "./exposure";
import { isInternal } from "./internal-load-balancers";

/** Where istiod listens (istio.io "Application Requirements", ports used by Istio). */
const ISTIOD_PORTS: Readonly<Record<number, string>> = {
  15010: "configuration in plain text",
  15012: "configuration and certificates",
  15014: "metrics",
  15017: "webhooks",
};

export const privateIstiod = resourcePolicy(
  {
    name: "istiod-ports-private",
    refuses: `Public load balancers that open istiod's ports ${Object.keys(ISTIOD_PORTS).join(", ")}`,
    why: "Whoever reaches them can try to get certificates and configuration of the mesh; primaries don't need each other's istiod",
    source:
      "https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio",
    level: "mandatory",
    severity: "critical",
  },
  (subject) =>
    exposuresOf(subject)
      // With annotations that aren't known yet it can't be told who reaches it.
      .filter(
        ({ type, annotations }) =>
          type === "LoadBalancer" && annotations !== undefined && !isInternal(annotations),
      )
      .flatMap(({ title, ports, without = "leave the port out" }) =>
        [...new Set(ports)]
          .filter((port) => port in ISTIOD_PORTS)
          .map((port) =>
            violation(
              title,
              `opens port ${port}, istiod's ${ISTIOD_PORTS[port]}, to the public`,
              `${without}, or make the load balancer internal`,
            ),
          ),
      ),
);
