import type { Mesh } from "../../config/model";
import type { Finding } from "../finding";
import { resolvePublic } from "../https/resolve";
import type { OpenMesh } from "../open";
import { stackOutputs } from "../outputs";
import { connect } from "../preflight/connect";
import { viewsOf } from "../preflight/views";
import type { Project } from "../project";
import { explain } from "./causes";
import type { World } from "./check";
import { CHECKS } from "./checks";
import type { Sight } from "./facts";
import { gather, type GatherOptions } from "./gather";

/** How long a cluster's API server has to answer everything. */
const TIMEOUT_SECONDS = 5;

export interface CheckOptions {
  readonly signal: AbortSignal;
  /** Requests from each cluster's echo pod. */
  readonly requests: number;
}

/** What a check of a mesh has brought to light. */
export interface CheckResult {
  /** One per fault; the `why` of each says what else fails because of it. */
  readonly findings: readonly Finding[];
  /** Errors that follow from one of the findings. */
  readonly consequences: readonly Finding[];
  readonly sights: readonly Sight[];
  readonly mesh: Mesh;
}

/**
 * Looks at every cluster of a mesh and from each at all others, all side by side. Changes nothing.
 *
 * A cluster that doesn't answer gives one error; everything else is looked at all the same.
 */
export async function check(
  project: Project,
  open: OpenMesh,
  { signal, requests }: CheckOptions,
): Promise<CheckResult> {
  const [sights, roots] = await Promise.all([
    sightsOf(open, { signal, requests, resolve: project.resolve ?? resolvePublic }),
    trustedRoots(project, open, signal),
  ]);
  signal.throwIfAborted();
  return { ...judge(sights, { mesh: open.mesh, now: new Date(), roots }), sights, mesh: open.mesh };
}

/** Everything that is to be seen of a mesh; nothing is judged yet. */
export function sightsOf(open: OpenMesh, options: GatherOptions): Promise<Sight[]> {
  const live = connect(
    viewsOf(open).filter(({ access }) => access === "own"),
    TIMEOUT_SECONDS,
    options.signal,
  );
  return gather(
    open.members.flatMap((member) => {
      const view = live.find(({ cluster }) => cluster.id === member.cluster.id);
      return view === undefined ? [] : [{ member, view }];
    }),
    options,
  );
}

/** What all checks make of what was seen. */
export function judge(
  sights: readonly Sight[],
  world: World,
): Pick<CheckResult, "findings" | "consequences"> {
  return explain(
    CHECKS.flatMap((one) => one.run(sights, world)),
    CHECKS,
  );
}

/** Fingerprints of the roots, as the trust stack exports them. */
async function trustedRoots(
  project: Project,
  { members }: OpenMesh,
  signal: AbortSignal,
): Promise<World["roots"]> {
  const [stack] = members.flatMap(({ settings: { config } }) =>
    config.trust.kind === "stack" ? [config.trust.name] : [],
  );
  const outputs = stack === undefined ? undefined : await stackOutputs(project, stack, signal);
  const roots = outputs?.["rootFingerprints"];
  return Array.isArray(roots) && roots.length > 0 ? roots.map(String) : undefined;
}
