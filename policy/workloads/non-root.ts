import { z } from "zod";
import { securityContextPolicy } from "./container-policy";

export const nonRoot = securityContextPolicy(
  {
    name: "runs-as-non-root",
    refuses: "Containers that run as root, or may",
    why: "Whoever breaks out of a container that runs as root is root on the node",
    source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    level: "mandatory",
    severity: "high",
  },
  z.object({ runAsNonRoot: z.boolean().nullish(), runAsUser: z.number().nullish() }),
  ({ runAsNonRoot, runAsUser }) => {
    if (runAsUser === 0) {
      return ["runs as user 0", "set securityContext.runAsUser to another, 65532 for example"];
    }
    return runAsNonRoot === true
      ? undefined
      : ["may run as root", "set securityContext.runAsNonRoot to true"];
  },
);
