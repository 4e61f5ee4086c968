import { z } from "zod";
import { resourcePolicy, titleOf, violation, type Subject } from "../policy";
import { read } from "../read";
import { isMeshService } from "../routing/hosts";
import {
  gatewaysOf,
  hostsOf,
  isVirtualService,
  MESH_GATEWAY,
  PROTOCOLS,
  rulesOf,
} from "../routing/virtual-service";

export const meshGateway = resourcePolicy(
  {
    name: "gateways-include-mesh",
    refuses: "VirtualServices for traffic inside the mesh that name gateways without mesh",
    why: "With gateways of its own a VirtualService leaves sidecars alone: calls inside the mesh go as if it weren't there",
    source:
      "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService",
    level: "advisory",
    severity: "low",
  },
  (subject) => {
    const gateways = isVirtualService(subject) ? gatewaysOf(subject) : undefined;
    const reason = gateways?.includes(MESH_GATEWAY) === false && meshReason(subject);
    return reason
      ? [
          violation(
            titleOf(subject),
            `${reason}, but holds for ${gateways.join(", ")} only`,
            "add mesh to spec.gateways",
          ),
        ]
      : [];
  },
);

/** What shows that sidecars are meant. */
function meshReason(subject: Subject): string | undefined {
  const host = hostsOf(subject).find(isMeshService);
  if (host !== undefined) {
    return `is for the service ${host}`;
  }
  return asksForCaller(subject) ? "asks for the labels of its callers" : undefined;
}

const fromCaller = z.object({
  match: z.array(
    z.object({
      sourceLabels: z.record(z.string(), z.string()).nullish(),
      sourceNamespace: z.string().nullish(),
    }),
  ),
});

const asksForCaller = (subject: Subject): boolean =>
  PROTOCOLS.flatMap((protocol) => rulesOf(subject, protocol)).some(({ rule }) =>
    read(fromCaller, rule)?.match.some(
      ({ sourceLabels, sourceNamespace }) =>
        Object.keys(sourceLabels ?? {}).length > 0 || !!sourceNamespace,
    ),
  );
