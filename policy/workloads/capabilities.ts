import { z } from "zod";
import { securityContextPolicy } from "./container-policy";

/** The one that "restricted" lets a container have back. */
const ALLOWED = "NET_BIND_SERVICE";

export const capabilities = securityContextPolicy(
  {
    name: "capabilities-dropped",
    refuses: `Containers that keep Linux capabilities, or add others than ${ALLOWED}`,
    why: "The runtime's default capabilities forge packets and bypass file permissions",
    source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    level: "mandatory",
    severity: "high",
  },
  z.object({
    capabilities: z
      .object({ drop: z.array(z.string()).nullish(), add: z.array(z.string()).nullish() })
      .nullish(),
  }),
  ({ capabilities: own }) => {
    if (!own?.drop?.includes("ALL")) {
      return ["keeps Linux capabilities", 'set securityContext.capabilities.drop to ["ALL"]'];
    }
    const added = own.add?.filter((name) => name !== ALLOWED) ?? [];
    return added.length > 0
      ? [
          `adds the Linux capabilities ${added.join(", ")}`,
          `remove them from securityContext.capabilities.add, which may hold ${ALLOWED} only`,
        ]
      : undefined;
  },
);
