import { z } from "zod";
import { read } from "../read";
import { containerPolicy } from "./container-policy";

const PROBES = ["readinessProbe", "livenessProbe"] as const;
const shape = z.object({
  readinessProbe: z.unknown().optional(),
  livenessProbe: z.unknown().optional(),
});

export const probes = containerPolicy(
  {
    name: "probes-set",
    refuses: "Containers that serve, without a readiness and a liveness probe",
    why: "A pod that isn't ready gets requests, in every cluster of the mesh, and one that hangs stays",
    source: "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    level: "mandatory",
    severity: "medium",
  },
  ({ spec, lifetime, origin }) => {
    // A chart's probes are its templates' matter, not its values'.
    const container = lifetime === "serves" && origin === "object" ? read(shape, spec) : undefined;
    const missing = PROBES.filter((probe) => container && !container[probe]);
    return missing.length > 0
      ? [`has no ${missing.join(" and no ")}`, "say which request shows its state"]
      : undefined;
  },
);
