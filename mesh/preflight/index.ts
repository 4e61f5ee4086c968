import type { Finding } from "../finding";
import type { OpenMesh } from "../open";
import { finding, ok, placeOf, type LiveView, type Refused } from "./check";
import { CHECKS } from "./checks";
import { apiServer, judgeFailure } from "./checks/api-server";
import { permissions } from "./checks/permissions";
import { connect } from "./connect";
import { enumerate } from "./text";
import { viewsOf } from "./views";

export interface PreflightOptions {
  /** How long each cluster has to answer everything; {@link TIMEOUT_SECONDS} by default. */
  readonly timeoutSeconds?: number;
  /** Ends the run, with the signal's reason. */
  readonly signal: AbortSignal;
}

export const TIMEOUT_SECONDS = 10;

/**
 * Looks at everything that has to be in order before the stacks are deployed, all clusters side by
 * side. Changes nothing anywhere, and needs nothing of the mesh to be there yet.
 *
 * A cluster that doesn't answer, or stops to, gives one finding, and doesn't hold up the others.
 */
export async function preflight(
  mesh: OpenMesh,
  { signal, timeoutSeconds = TIMEOUT_SECONDS }: PreflightOptions,
): Promise<Finding[]> {
  const views = connect(viewsOf(mesh), timeoutSeconds, signal);
  const outcomes = await Promise.all(CHECKS.map((check) => check.run(mesh, views)));
  signal.throwIfAborted();
  return [
    ...reachability(views),
    ...unseen(outcomes.flatMap(({ refused }) => refused)),
    ...outcomes.flatMap(({ findings }) => findings),
  ];
}

/** What can't be looked at is not in order, and not known to be wrong; said once per refusal. */
function unseen(refused: readonly Refused[]): Finding[] {
  const isAlike = (one: Refused, other: Refused): boolean =>
    one.view === other.view && one.message === other.message;
  return refused
    .filter((one, index) => refused.findIndex((other) => isAlike(one, other)) === index)
    .map((one) => {
      const checks = refused.filter((other) => isAlike(one, other)).map(({ check }) => check);
      return finding(permissions, {
        ...placeOf(one.view),
        severity: "warning",
        what: `${enumerate(checks, Infinity)} could not look: ${one.message}.`,
        why: "What can't be seen may be wrong, and up would find it half-way.",
        fix: `Give the user of ${one.view.key} the right to read it.`,
      });
    });
}

/** What became of each way to each cluster; what is wrong with the cluster itself is said once. */
function reachability(views: readonly LiveView[]): Finding[] {
  const said = new Set<unknown>();
  const ownFirst = views.toSorted((one, other) => rank(one) - rank(other));
  return ownFirst.flatMap((view) => {
    const { failure } = view.api;
    const key = `${view.kubeconfig.server} ${failure?.message}`;
    if (said.has(key)) {
      return [];
    }
    said.add(key);
    const verdict = failure
      ? judgeFailure(failure, view)
      : ok(`${view.kubeconfig.server} answers, and lets the user of ${view.key} in.`);
    return [finding(apiServer, { ...verdict, ...placeOf(view) })];
  });
}

const rank = ({ access }: LiveView): number => (access === "own" ? 0 : 1);
