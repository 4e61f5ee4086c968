import { EAST_WEST_GATEWAY, INGRESS_GATEWAY } from "../../../components/istio/constants";
import type { KubeClient } from "../../../kube/client";
import type { Member } from "../../open";
import type { Resolve } from "../../https/host-facts";
import type { LiveView } from "../../preflight/check";
import { readMetrics } from "../../metrics/read-metrics";
import { callEcho } from "../traffic/send";
import { Unseen, type FactName, type Facts, type Pod, type Seen, type Sight } from "../facts";
import { pool } from "../pool";
import { within } from "../within";
import { tryAccess } from "./access";
import { answerOf, envoyClusters, exposedBy, upstreamsOf } from "./envoy";
import { connectedProxies, knownGateways, servingChain, watchedClusters } from "./istiod";
import * as objects from "./objects";
import { readPublicHosts } from "./public-hosts";
import { reachFrom } from "./reach";
import { see, seen } from "./see";
import { helloFor, shakeHandsWith } from "./tls";

/** Longer than this nothing is waited for, but the echo service's answers. */
const SECONDS = 5;
/** What a request takes at most on average, in a mesh that is well. */
const ECHO_SECONDS_PER_REQUEST = 0.05;

/** Each takes a process in the gateway's container, whose memory is for the gateway. */
const CALLS_AT_ONCE = 3;

export interface GatherOptions {
  readonly signal: AbortSignal;
  /** Requests that each cluster's echo pod makes; none where 0. */
  readonly requests: number;
  /**
   * Whether to try each cluster's way to its peers' gateways from inside it, which takes a second;
   * true by default.
   */
  readonly reach?: boolean;
  /** Asks the DNS for public hosts, which are not looked at without it. */
  readonly resolve?: Resolve;
}

/** One cluster, and the ways to look at it. */
export interface Looking {
  readonly member: Member;
  /** By the cluster's own kubeconfig. */
  readonly view: LiveView;
}

type SeenFacts = { readonly [K in FactName]: Promise<Seen<Facts[K]>> };

/**
 * Looks at all clusters side by side; everything in a cluster side by side too, as far as one fact
 * doesn't need another.
 */
export async function gather(
  clusters: readonly Looking[],
  options: GatherOptions,
): Promise<Sight[]> {
  const own = clusters.map((looking) => ({ looking, facts: lookAt(looking, options) }));
  return Promise.all(
    own.map(async ({ looking, facts }) => {
      const peers = own.filter((other) => other.looking !== looking);
      const all: SeenFacts = {
        ...facts,
        ...lookAcross(
          looking,
          facts,
          peers.map((peer) => ({ id: peer.looking.member.cluster.id, facts: peer.facts })),
          options,
        ),
      };
      const { member, view } = looking;
      const entries = await Promise.all(
        Object.entries(all).map(async ([name, fact]) => [name, await fact] as const),
      );
      return {
        cluster: member.cluster,
        config: member.settings.config,
        facts: {
          ...(Object.fromEntries(entries) as unknown as Sight["facts"]),
          apiServer: await apiServerOf(facts, view),
        },
      };
    }),
  );
}

/** A cluster that stops answering while it is looked at counts as one that doesn't. */
async function apiServerOf(
  { apiServer }: Pick<SeenFacts, "apiServer">,
  view: LiveView,
): Promise<Seen<Facts["apiServer"]>> {
  const { failure } = view.api;
  return failure === undefined ? apiServer : { failure, view };
}

type OwnFacts = Omit<SeenFacts, "reach" | "fromHere">;

/** Everything that a cluster, and who runs in it, says by itself. */
function lookAt({ member, view: { api } }: Looking, options: GatherOptions): OwnFacts {
  const { signal, requests } = options;
  const inTime = <T>(work: (client: KubeClient, signal: AbortSignal) => Promise<T>): Promise<T> =>
    within(SECONDS, signal, async (end) => work(await member.client(), end));

  const workloads = see(objects.readWorkloads(api));
  const pods = see(objects.readPods(api));
  const remoteSecrets = see(objects.readRemoteSecrets(api));
  const echoPods = see(objects.readEchoPods(api));

  const istiods = async (): Promise<string[]> =>
    readyPods(await seen(pods), isIstiodPod, "istiod", "istiod-ready");
  const ofIstiods = <T>(
    ask: (client: KubeClient, pod: string, end: AbortSignal) => Promise<T>,
  ): Promise<Seen<readonly T[]>> =>
    see(
      istiods().then((names) =>
        inTime((client, end) => Promise.all(names.map((pod) => ask(client, pod, end)))),
      ),
    );

  const eastWestPod = async (): Promise<string> =>
    first(
      readyPods(await seen(pods), ofApp(EAST_WEST_GATEWAY), EAST_WEST_GATEWAY, "gateway-ready"),
    );
  const exposed = see(
    eastWestPod().then(async (pod) =>
      exposedBy(await inTime((client, end) => envoyClusters(client, pod, end))),
    ),
  );
  return {
    apiServer: see(objects.readVersion(api).then((version) => ({ version }))),
    systemNamespace: see(objects.readSystemNamespace(api)),
    istiods: see(seen(workloads).then((found) => found.filter(objects.isIstiod))),
    gateways: see(seen(workloads).then((found) => found.filter(objects.isGateway))),
    pods,
    cacerts: see(objects.readCacerts(api)),
    remoteSecrets,
    eastWest: see(objects.readGatewayService(api, EAST_WEST_GATEWAY)),
    publicHosts: see(readPublicHosts(api, member.settings.config.https, options.resolve)),
    openings: see(objects.readOpenings(api)),
    mtlsPolicies: see(objects.readMtlsPolicies(api)),
    rootConfigMaps: see(objects.readRootConfigMaps(api)),
    watched: ofIstiods(async (client, istiod, end) => ({
      istiod,
      clusters: await watchedClusters(client, istiod, end),
    })),
    networkGateways: see(
      seen(ofIstiods(knownGateways)).then((lists) => commonTo(lists.map((list) => [...list]))),
    ),
    proxies: see(seen(ofIstiods(connectedProxies)).then((lists) => lists.flat())),
    servingChain: see(
      istiods().then((names) => inTime((client, end) => servingChain(client, first(names), end))),
    ),
    exposed,
    gatewayAnswer: see(
      seen(exposed).then(async ([service]) =>
        service === undefined
          ? undefined
          : inTime(async (client, end) => answerOf(client, await eastWestPod(), service, end)),
      ),
    ),
    upstreams: see(
      seen(pods).then(async (found) => {
        const pod = first(
          readyPods(found, ofApp(INGRESS_GATEWAY), INGRESS_GATEWAY, "gateway-ready"),
        );
        return upstreamsOf(await inTime((client, end) => envoyClusters(client, pod, end)));
      }),
    ),
    access: see(
      seen(remoteSecrets).then(async (secrets) => {
        const kubeconfigs = secrets.flatMap((secret) => Object.entries(secret.kubeconfigs));
        return mapValues(Object.fromEntries(kubeconfigs), (text) =>
          within(SECONDS, signal, (end) => tryAccess(text, end)).catch(unreachable),
        );
      }),
    ),
    echoPods,
    metrics: see(
      member.settings.config.observability === undefined
        ? Promise.resolve(undefined)
        : within(SECONDS, signal, (end) => readMetrics(api, () => member.client(), end)),
    ),
    echo: see(
      seen(echoPods).then(async (found) => {
        if (found.length === 0 || requests === 0) {
          return undefined;
        }
        const pod = first(readyPods(found, () => true, "echo", "echo-ready"));
        return within(2 * SECONDS + requests * ECHO_SECONDS_PER_REQUEST, signal, async (end) =>
          callEcho(await member.client(), pod, requests, {
            signal: AbortSignal.any([
              end,
              AbortSignal.timeout(1000 * (SECONDS + requests * ECHO_SECONDS_PER_REQUEST)),
            ]),
          }),
        );
      }),
    ),
  };
}

interface Peer {
  readonly id: string;
  readonly facts: OwnFacts;
}

/** What becomes of a cluster's way to its peers' gateways. */
function lookAcross(
  { member }: Looking,
  own: OwnFacts,
  peers: readonly Peer[],
  { signal, reach = true }: GatherOptions,
): Pick<SeenFacts, "reach" | "fromHere"> {
  const { config } = member.settings;
  const addresses = addressesByPeer(
    config.peers.map(({ cluster }) => cluster),
    own,
    peers,
  );
  return {
    reach: see(
      seen(own.pods).then(async (pods) => {
        if (!reach) {
          throw new Unseen("it was not asked for", "gateway-reachable");
        }
        const pod = first(readyPods(pods, isGatewayPod, "gateway", "gateway-ready"));
        const client = await member.client();
        const calls = pool(CALLS_AT_ONCE);
        return mapValues(await addresses, (list) =>
          Promise.all(
            list.map((address) =>
              calls(() =>
                within(2 * SECONDS, signal, (end) => reachFrom(client, pod, address, end)),
              ),
            ),
          ),
        );
      }),
    ),
    fromHere: see(
      addresses.then((found) =>
        mapValues(found, async (list, id) => {
          const service = await peers.find((peer) => peer.id === id)?.facts.exposed;
          if (service === undefined || service instanceof Unseen || service[0] === undefined) {
            return [];
          }
          const hello = helloFor(service[0]);
          return Promise.all(
            list.map(async (address) => ({
              address,
              ...(await within(SECONDS, signal, (end) => shakeHandsWith(address, hello, end)).catch(
                unreachable,
              )),
            })),
          );
        }),
      ),
    ),
  };
}

/** Where a cluster's proxies find each peer's gateway; what its Service says where no istiod does. */
async function addressesByPeer(
  clusters: readonly { readonly id: string; readonly network: string }[],
  own: OwnFacts,
  peers: readonly Peer[],
): Promise<Record<string, readonly string[]>> {
  const gateways = await own.networkGateways;
  return mapValues(
    Object.fromEntries(clusters.map(({ id, network }) => [id, network])),
    async (network, id) => {
      const known =
        gateways instanceof Unseen ? [] : gateways.filter((one) => one.network === network);
      if (known.length > 0) {
        return known.map(({ address }) => address);
      }
      const service = await peers.find((peer) => peer.id === id)?.facts.eastWest;
      return service === undefined || service instanceof Unseen
        ? []
        : service.addresses.map(({ address }) => address);
    },
  );
}

const ofApp =
  (app: string) =>
  ({ labels }: Pod): boolean =>
    labels["app"] === app;

const isIstiodPod = ofApp("istiod");
const isGatewayPod = (pod: Pod): boolean =>
  ofApp(INGRESS_GATEWAY)(pod) || ofApp(EAST_WEST_GATEWAY)(pod);

/** @throws Unseen where none is ready, which `saidBy` says */
function readyPods(
  pods: readonly Pod[],
  isOne: (pod: Pod) => boolean,
  what: string,
  saidBy: string,
): string[] {
  const names = pods.filter((pod) => pod.isReady && isOne(pod)).map(({ name }) => name);
  if (names.length === 0) {
    throw new Unseen(`${what} has no ready pod`, saidBy);
  }
  return names;
}

/** What doesn't answer in time is not reached. */
const unreachable = (error: Error): { result: "unreachable"; reason: string } => ({
  result: "unreachable",
  reason: error.message,
});

const first = (names: readonly string[]): string => names[0] as string;

/** What all of several istiods know: proxies ask any of them. */
const commonTo = <T>(lists: readonly (readonly T[])[]): readonly T[] => {
  const [some = [], ...others] = lists;
  const has = (list: readonly T[], item: T): boolean =>
    list.some((other) => JSON.stringify(other) === JSON.stringify(item));
  return some.filter((item) => others.every((list) => has(list, item)));
};

async function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  map: (value: A, key: string) => Promise<B>,
): Promise<Record<string, B>> {
  const entries = Object.entries(record).map(
    async ([key, value]) => [key, await map(value, key)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
