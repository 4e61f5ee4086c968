import { SYSTEM_NAMESPACE } from "../../components/istio/constants";
import type { Member, OpenMesh } from "../open";
import { envoyClusters } from "../check/gather/envoy";
import { see } from "../check/gather/see";
import { Unseen, type Seen } from "../check/facts";
import { pool } from "../check/pool";
import { within } from "../check/within";
import type { Item } from "../preflight/cluster-api";
import { connect } from "../preflight/connect";
import { viewsOf } from "../preflight/views";
import { countsOf, type ProxyCounts } from "./counts";

/** Every pod with a proxy carries it, gateways too (istio manifests/charts, injection templates). */
const HAS_PROXY = "service.istio.io/canonical-name";
/** How long a cluster's list, and then each proxy, has to answer. */
const SECONDS = 4;
/** Enough to know a large mesh by; a proxy's answer grows with the mesh, to megabytes. */
const MOST_PROXIES = 60;
const AT_ONCE = 6;

/** What the proxies of one cluster say. */
export interface ClusterCounts {
  readonly proxies: readonly ProxyCounts[];
  /** How many proxies are ready; more than those that were asked, or answered, where it is large. */
  readonly running: number;
  /** The proxies that didn't answer, each with its reason. */
  readonly silent: readonly string[];
}

/** By cluster. */
export type MeshCounts = Readonly<Record<string, Seen<ClusterCounts>>>;

/** Asks the proxies of all clusters for their counts, all clusters side by side. */
export async function readCounts(
  mesh: OpenMesh,
  signal: AbortSignal,
  most = MOST_PROXIES,
): Promise<MeshCounts> {
  const views = connect(
    viewsOf(mesh).filter(({ access }) => access === "own"),
    SECONDS,
    signal,
  );
  const entries = mesh.members.map(async (member) => {
    const view = views.find(({ cluster }) => cluster.id === member.cluster.id);
    const pods = view?.api.list<PodItem>(`/api/v1/pods?labelSelector=${HAS_PROXY}`);
    const counts = await see((async () => readCluster(member, (await pods) ?? [], signal, most))());
    return [member.cluster.id, counts] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function readCluster(
  member: Member,
  pods: readonly PodItem[],
  signal: AbortSignal,
  most: number,
): Promise<ClusterCounts> {
  const ready = pods.filter(isReady);
  const client = await member.client();
  const calls = pool(AT_ONCE);
  const read = await Promise.all(
    choose(ready, most).map(({ metadata: { name, namespace = "" } }) =>
      calls(async () => {
        const proxy = `${namespace}/${name}`;
        const clusters = await see(
          within(SECONDS, signal, (end) => envoyClusters(client, name, end, namespace)),
        );
        return clusters instanceof Unseen
          ? `${proxy} (${clusters.message})`
          : { proxy, endpoints: countsOf(clusters) };
      }),
    ),
  );
  return {
    running: ready.length,
    proxies: read.filter((one) => typeof one !== "string"),
    silent: read.filter((one) => typeof one === "string"),
  };
}

/** Gateways first, then evenly from everywhere: the list is in order of namespaces. */
export function choose<P extends Item>(pods: readonly P[], most: number): readonly P[] {
  const isSystem = ({ metadata }: Item): boolean => metadata.namespace === SYSTEM_NAMESPACE;
  const system = pods.filter(isSystem).slice(0, most);
  const others = pods.filter((pod) => !isSystem(pod));
  const room = Math.min(most - system.length, others.length);
  return [
    ...system,
    ...Array.from(
      { length: room },
      (_, index) => others[Math.floor((index * others.length) / room)] as P,
    ),
  ];
}

/** A pod, as far as it tells whether it is ready. */
export interface PodItem extends Item {
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

export const isReady = ({ metadata, status }: PodItem): boolean =>
  metadata.deletionTimestamp === undefined &&
  (status?.conditions ?? []).some(
    ({ type, status: value }) => type === "Ready" && value === "True",
  );
