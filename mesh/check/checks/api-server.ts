import { judgeFailure } from "../../preflight/checks/api-server";
import { clusterCheck, ok, type Verdict } from "../check";
import type { ApiServer } from "../facts";

export const apiServer = clusterCheck({
  name: "api-server",
  column: "API server",
  severity: "error",
  what: "Whether the API server answers, and lets the kubeconfig's user in",
  why: "Nothing else can be said about the cluster; what it serves already may go on, but no peer learns of changes.",
  fix: "Make the API server reachable, or correct the kubeconfig.",
  link: "https://kubernetes.io/docs/tasks/debug/debug-cluster/",
  needs: ["apiServer"],
  judge: ({ apiServer: found }) => judgeApiServer(found),
});

export const judgeApiServer = (found: ApiServer): Verdict[] =>
  "version" in found
    ? [ok(`Kubernetes ${found.version} answers.`)]
    : [judgeFailure(found.failure, found.view)];
