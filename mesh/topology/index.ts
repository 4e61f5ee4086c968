import { judge, sightsOf } from "../check";
import { enoughRequests } from "../check/traffic/send";
import type { OpenMesh } from "../open";
import type { Topology } from "./model";
import { readCounts } from "./proxies";
import { topologyOf } from "./topology";

/**
 * Looks at a mesh to draw it: its objects, what istiod and the gateways say, and the counts of its
 * proxies. A cluster that doesn't answer is in the picture, as such.
 */
export async function lookAtTopology(open: OpenMesh, signal: AbortSignal): Promise<Topology> {
  const echoes = open.members.every(({ settings }) => settings.config.echoImage !== undefined);
  const [sights, counts] = await Promise.all([
    sightsOf(open, {
      signal,
      requests: enoughRequests(open.mesh.clusters.length),
      // Answers of the echo service show the same, sooner.
      reach: !echoes,
    }),
    readCounts(open, signal),
  ]);
  signal.throwIfAborted();
  const at = new Date();
  const judged = judge(sights, { mesh: open.mesh, now: at, roots: undefined });
  return topologyOf({ ...judged, mesh: open.mesh, sights, counts, at });
}
