import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ServiceSettings } from "@istio-multicloud/service-kit";
import { serviceOf, type TopologySettings, type UpstreamName } from "../settings";
import { kubeconfigAccess, ownAccess } from "./access";
import { ClusterWatch } from "./cluster-watch";
import { Flows } from "./flows";
import { KubeApi, type ApiAccess } from "./kube-api";
import { Live, type LiveParts } from "./live";
import { RouteWatch } from "./route-watch";

/** What a gateway sees of the mesh. */
export interface MeshView {
  readonly live: Live;
  readonly flows: Readonly<Record<UpstreamName, Flows>>;
  /** API of the gateway's own cluster; nothing where it may not look. */
  readonly own: KubeApi | undefined;
}

/** How often answers are counted anew where there is nothing else to look at. */
const FLOWS_MILLISECONDS = 2000;
/** Times that a cluster may be asked without an answer. */
const PATIENCE = 2;

export function meshView(
  identity: Pick<ServiceSettings, "cluster" | "pod">,
  topology: TopologySettings | undefined,
  scenarios: readonly string[],
): MeshView {
  const { refreshMilliseconds = FLOWS_MILLISECONDS, answerMilliseconds = 0 } = topology ?? {};
  const apiOf = (access: (() => ApiAccess) | undefined): KubeApi | undefined =>
    access && new KubeApi(access, answerMilliseconds);
  const own = topology && apiOf(ownAccess(topology.apiServer, topology.accountFolder));
  const watched = (name: UpstreamName): LiveParts["services"][UpstreamName] => ({
    route: new RouteWatch(serviceOf(name), own),
    flows: new Flows(),
  });
  const services = {
    users: watched("users"),
    movies: watched("movies"),
    bookings: watched("bookings"),
  };
  const live = new Live({
    gateway: { cluster: identity.cluster, pod: identity.pod },
    clusters: (topology?.clusters ?? []).map(
      (name) =>
        new ClusterWatch(
          name,
          name === identity.cluster ? own : apiOf(peerAccess(name, topology)),
          PATIENCE * answerMilliseconds,
        ),
    ),
    services,
    scenarios,
    refreshMilliseconds,
  });
  return {
    live,
    flows: {
      users: services.users.flows,
      movies: services.movies.flows,
      bookings: services.bookings.flows,
    },
    own,
  };
}

function peerAccess(
  name: string,
  topology: TopologySettings | undefined,
): (() => ApiAccess) | undefined {
  const file = join(topology?.peersFolder ?? "", `${name}.json`);
  return existsSync(file) ? kubeconfigAccess(file) : undefined;
}
