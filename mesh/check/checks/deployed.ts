import { clusterCheck, ok, type Verdict } from "../check";
import type { SystemNamespace } from "../facts";

export const deployed = clusterCheck({
  name: "deployed",
  column: "istiod",
  severity: "error",
  what: "Whether the mesh is there at all: the namespace istio-system",
  why: "Nothing of the mesh runs in the cluster.",
  fix: "npm run mesh -- up deploys it.",
  link: "https://istio.io/latest/docs/setup/install/multicluster/",
  needs: ["systemNamespace"],
  judge: ({ systemNamespace }) => judgeNamespace(systemNamespace),
});

export const judgeNamespace = (namespace: SystemNamespace | undefined): Verdict[] =>
  namespace === undefined
    ? [{ severity: "error", what: "The mesh isn't deployed: there is no namespace istio-system." }]
    : [ok("The mesh is deployed.")];
