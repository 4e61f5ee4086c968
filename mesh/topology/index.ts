import { judge, sightsOf } from "../check";
import type { GatherOptions } from "../check/gather";
import { enoughRequests } from "../check/traffic/send";
import type { OpenMesh } from "../open";
import type { Topology } from "./model";
import { readCounts } from "./proxies";
import { topologyOf, type Look } from "./topology";

/**
 * Looks at a mesh to draw it: its objects, what istiod and the gateways say, and the counts of its
 * proxies. A cluster that doesn't answer is in the picture, as such.
 */
export async function lookAtTopology(open: OpenMesh, signal: AbortSignal): Promise<Topology> {
  const echoes = open.members.every(({ settings }) => settings.config.echoImage !== undefined);
  const [judged, counts] = await Promise.all([
    lookAtHealth(open, {
      signal,
      requests: enoughRequests(open.mesh.clusters.length),
      // Answers of the echo service show the same, sooner.
      reach: !echoes,
    }),
    readCounts(open, signal),
  ]);
  signal.throwIfAborted();
  return topologyOf({ ...judged, counts, at: new Date() });
}

/** What check says of a mesh, apart from what its trust stack would know. */
export async function lookAtHealth(
  open: OpenMesh,
  options: GatherOptions,
): Promise<Omit<Look, "counts" | "at">> {
  const sights = await sightsOf(open, options);
  const world = { mesh: open.mesh, now: new Date(), roots: undefined };
  return { ...judge(sights, world), mesh: open.mesh, sights };
}
