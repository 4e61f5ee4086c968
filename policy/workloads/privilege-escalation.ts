import { z } from "zod";
import { securityContextPolicy } from "./container-policy";

export const privilegeEscalation = securityContextPolicy(
  {
    name: "no-privilege-escalation",
    refuses: "Privileged containers, and containers whose processes may gain privileges",
    why: "A setuid binary undoes everything else that holds a container back",
    source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    level: "mandatory",
    severity: "critical",
  },
  z.object({
    privileged: z.boolean().nullish(),
    allowPrivilegeEscalation: z.boolean().nullish(),
  }),
  ({ privileged, allowPrivilegeEscalation }) => {
    if (privileged === true) {
      return ["is privileged", "remove securityContext.privileged"];
    }
    return allowPrivilegeEscalation === false
      ? undefined
      : ["may gain privileges", "set securityContext.allowPrivilegeEscalation to false"];
  },
);
