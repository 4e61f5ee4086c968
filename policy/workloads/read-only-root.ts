import { z } from "zod";
import { securityContextPolicy } from "./container-policy";

export const readOnlyRoot = securityContextPolicy(
  {
    name: "root-filesystem-read-only",
    refuses: "Containers that can write to their image's files",
    why: "What can't be written can't be replaced by an attacker's tools, nor fill the node's disk",
    source: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    level: "mandatory",
    severity: "medium",
  },
  z.object({ readOnlyRootFilesystem: z.boolean().nullish() }),
  ({ readOnlyRootFilesystem }) =>
    readOnlyRootFilesystem === true
      ? undefined
      : [
          "can write to its root filesystem",
          "set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where it writes",
        ],
);
