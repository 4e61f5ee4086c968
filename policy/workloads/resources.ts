import { z } from "zod";
import { read } from "../read";
import { containerPolicy } from "./container-policy";

const amounts = z.record(z.string(), z.union([z.string(), z.number()]).nullish()).nullish();
const shape = z.object({
  resources: z.object({ requests: amounts, limits: amounts }).nullish(),
});

/** No limit of CPU: it throttles a proxy just when requests pile up, and protects nobody whose requests are set. */
const REQUIRED = [
  ["requests", "cpu"],
  ["requests", "memory"],
  ["limits", "memory"],
] as const;

export const resources = containerPolicy(
  {
    name: "resources-set",
    refuses: "Containers without requests of CPU and memory and a limit of memory",
    why: "The scheduler overfills nodes, autoscaling on CPU can't work, and one leak takes its neighbours along",
    source: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    level: "mandatory",
    severity: "medium",
  },
  ({ spec }) => {
    const container = read(shape, spec);
    const missing = REQUIRED.filter(
      ([kind, name]) => container && !container.resources?.[kind]?.[name],
    ).map(([kind, name]) => `resources.${kind}.${name}`);
    return missing.length > 0
      ? [`has no ${missing.join(", ")}`, "set them to what it needs"]
      : undefined;
  },
);
