import { z } from "zod";
import { securityContextPolicy } from "./container-policy";

const ALLOWED: readonly unknown[] = ["RuntimeDefault", "Localhost"];

export const seccomp = securityContextPolicy(
  {
    name: "seccomp-profile-set",
    refuses: "Containers without a seccomp profile",
    why: "Without one every system call of the node's kernel is open to the container",
    source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    level: "mandatory",
    severity: "medium",
  },
  z.object({ seccompProfile: z.object({ type: z.string().nullish() }).nullish() }),
  ({ seccompProfile }) =>
    ALLOWED.includes(seccompProfile?.type)
      ? undefined
      : [
          seccompProfile?.type
            ? `has the seccomp profile ${seccompProfile.type}`
            : "has no seccomp profile",
          "set securityContext.seccompProfile.type to RuntimeDefault, on the pod or the container",
        ],
);
