import type { Finding } from "../finding";
import type { OpenMesh } from "../open";
import { finding, ok, placeOf, type LiveView } from "./check";
import { CHECKS } from "./checks";
import { apiServer, judgeFailure } from "./checks/api-server";
import { alive, connect } from "./connect";
import { viewsOf } from "./views";

export interface PreflightOptions {
  /** Ends the run, with the signal's reason. */
  readonly signal: AbortSignal;
}

/**
 * Looks at everything that has to be in order before the stacks are deployed, all clusters side by
 * side. Changes nothing anywhere, and needs nothing of the mesh to be there yet.
 *
 * A cluster that doesn't answer, or stops to, gives one finding, and doesn't hold up the others.
 */
export async function preflight(mesh: OpenMesh, { signal }: PreflightOptions): Promise<Finding[]> {
  const views = connect(viewsOf(mesh), signal);
  const live = await alive(views);
  const findings = await Promise.all(CHECKS.map((check) => check.run(mesh, views, live)));
  signal.throwIfAborted();
  return [...reachability(views), ...findings.flat()];
}

/** What became of each way to each cluster; what is wrong with the cluster itself is said once. */
function reachability(views: readonly LiveView[]): Finding[] {
  const said = new Set<unknown>();
  return views.flatMap((view) => {
    const { failure } = view.api;
    if (failure === undefined) {
      return view.access === "own"
        ? [finding(apiServer, { ...ok(`${view.kubeconfig.server} answers.`), ...placeOf(view) })]
        : [];
    }
    const key = `${view.kubeconfig.server} ${failure.message}`;
    if (said.has(key)) {
      return [];
    }
    said.add(key);
    return [finding(apiServer, { ...judgeFailure(failure, view), ...placeOf(view) })];
  });
}
