import { ECHO } from "../../../components/echo/constants";
import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import type { KubeClient } from "../../../kube/client";
import { getFromPod } from "../../../kube/port-forward";
import { see } from "../../check/gather/see";
import { Unseen } from "../../check/facts";
import { pool } from "../../check/pool";
import { within } from "../../check/within";
import type { ClusterApi, Item } from "../../preflight/cluster-api";
import { pathOf, type Sink } from "../entry";
import {
  CLUSTER_LISTS,
  meshNamespaces,
  NAMESPACE_LISTS,
  namespacePath,
  presentable,
} from "./objects";

export interface CollectOptions {
  readonly signal: AbortSignal;
  /** Lines of each container's log, the last ones. */
  readonly logLines: number;
  /** Whether to take the logs of the applications' own containers, too. */
  readonly applicationLogs: boolean;
  readonly report: (line: string) => void;
}

/** One cluster and the ways into it. */
export interface Source {
  readonly cluster: string;
  readonly api: ClusterApi;
  readonly client: () => Promise<KubeClient>;
}

const AT_ONCE = 4;
const SECONDS = 8;
/** Of each cluster: the system's pods come first. */
const MOST_PODS = 40;
const MOST_SIDECARS = 6;
const MOST_LOG_BYTES = 1_048_576;
const MOST_EVENTS = 2000;

/**
 * A cluster's Secrets in the mesh's namespaces, to know what must not be seen elsewhere.
 *
 * @throws Error where one of them can't be read
 */
export async function readSecrets({ api }: Source): Promise<readonly Item[]> {
  const namespaces = meshNamespaces(await api.list(CLUSTER_LISTS["namespaces"] as string));
  const lists = await Promise.all(
    namespaces.map((namespace) => api.list(namespacePath("secrets", namespace))),
  );
  return lists.flat();
}

/** Everything of one cluster that tells how its part of the mesh does. */
export async function collectCluster(
  source: Source,
  sink: Sink,
  options: CollectOptions,
): Promise<void> {
  const { api, cluster } = source;
  const at = (...parts: string[]): string => pathOf("clusters", cluster, ...parts);
  const read = async <T>(what: string, work: () => Promise<T>): Promise<T | undefined> => {
    const found = await see(work());
    options.signal.throwIfAborted();
    if (found instanceof Unseen) {
      sink.leaveOut(`${cluster}: ${what}`, found.message);
      return undefined;
    }
    return found;
  };
  const lists = async (
    kind: string,
    path: string,
    namespace?: string,
  ): Promise<readonly Item[]> => {
    const items =
      (await read(namespace ? `${namespace}/${kind}` : kind, () => api.list(path))) ?? [];
    if (items.length > 0) {
      sink.add(
        at("objects", ...(namespace ? [namespace] : []), `${kind}.json`),
        items.map((item) => presentable(kind, namespace, item)),
      );
    }
    return items;
  };

  options.report("objects");
  sink.add(
    at("version.json"),
    await read("version", async () => (await api.answer("/version")).body),
  );
  const clusterObjects = await Promise.all(
    Object.entries(CLUSTER_LISTS).map(
      async ([kind, path]) => [kind, await lists(kind, path)] as const,
    ),
  );
  const namespaces = meshNamespaces(Object.fromEntries(clusterObjects)["namespaces"] ?? []);
  const pods: PodItem[] = [];
  for (const namespace of namespaces) {
    const found = await Promise.all(
      Object.keys(NAMESPACE_LISTS).map(async (kind) => ({
        kind,
        items: await lists(kind, namespacePath(kind, namespace), namespace),
      })),
    );
    pods.push(...((found.find(({ kind }) => kind === "pods")?.items ?? []) as PodItem[]));
  }
  await collectEvents(source, namespaces, sink, at, read);
  await collectLogs(source, pods, sink, at, options);
  await collectProxies(source, pods, sink, at, options);
}

type At = (...parts: string[]) => string;
type Read = <T>(what: string, work: () => Promise<T>) => Promise<T | undefined>;

async function collectEvents(
  { api }: Source,
  namespaces: readonly string[],
  sink: Sink,
  at: At,
  read: Read,
): Promise<void> {
  const lists = await Promise.all(
    [...namespaces, "kube-system", "default"].map((namespace) =>
      read(`${namespace}/events`, () =>
        api.list<EventItem>(`/api/v1/namespaces/${namespace}/events`),
      ),
    ),
  );
  const events = lists
    .flatMap((list) => list ?? [])
    .toSorted((one, other) => timeOf(one).localeCompare(timeOf(other), "en"));
  sink.add(
    at("events.txt"),
    events
      .slice(-MOST_EVENTS)
      .map((event) =>
        [
          timeOf(event),
          event.type,
          `${event.count ?? 1}x`,
          `${event.involvedObject?.kind}/${event.metadata.namespace}/${event.involvedObject?.name}`,
          event.reason,
          event.message?.replaceAll("\n", " "),
        ].join("  "),
      )
      .join("\n"),
  );
}

interface EventItem extends Item {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly involvedObject?: { readonly kind?: string; readonly name?: string };
}

const timeOf = ({ lastTimestamp, eventTime, metadata }: EventItem): string =>
  lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? "";

interface PodItem extends Item {
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
}

async function collectLogs(
  { api, cluster }: Source,
  pods: readonly PodItem[],
  sink: Sink,
  at: At,
  { report, signal, logLines, applicationLogs }: CollectOptions,
): Promise<void> {
  const calls = pool(AT_ONCE);
  if (pods.length > MOST_PODS) {
    sink.leaveOut(`${cluster}: logs of ${pods.length - MOST_PODS} pods`, `more than ${MOST_PODS}`);
  }
  const passedOver = new Set<string>();
  const logs = pods
    .slice(0, MOST_PODS)
    .flatMap(({ metadata: { name, namespace = "" }, status = {} }) =>
      [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].flatMap(
        (container) => {
          if (!applicationLogs && !isOfMesh(namespace, container.name)) {
            passedOver.add(`${namespace}/${name}`);
            return [];
          }
          return [false, ...((container.restartCount ?? 0) > 0 ? [true] : [])].map((previous) => ({
            namespace,
            pod: name,
            container: container.name,
            previous,
          }));
        },
      ),
    );
  if (passedOver.size > 0) {
    sink.leaveOut(
      `${cluster}: logs of the applications in ${passedOver.size} pods`,
      "they are the applications' own; --application-logs takes them, too",
    );
  }
  let done = 0;
  await Promise.all(
    logs.map(({ namespace, pod, container, previous }) =>
      calls(async () => {
        signal.throwIfAborted();
        report(`logs, ${++done} of ${logs.length}`);
        const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log?container=${container}&tailLines=${logLines}&limitBytes=${MOST_LOG_BYTES}&timestamps=true${previous ? "&previous=true" : ""}`;
        const name = `${container}${previous ? ".previous" : ""}.log`;
        const text = await see(api.answer(path, "text/plain, */*"));
        if (text instanceof Unseen) {
          sink.leaveOut(`${cluster}: log ${namespace}/${pod}/${name}`, text.message);
        } else if (text.status === 200) {
          sink.add(at("logs", namespace, pod, name), String(text.body));
        }
      }),
    ),
  );
}

const isOfMesh = (namespace: string, container: string): boolean =>
  namespace === SYSTEM_NAMESPACE || namespace === ECHO.namespace || container.startsWith("istio-");

/** Questions to istiod and to proxies, each answered on a port that only their own pod reaches. */
const ISTIOD = {
  port: 15014,
  paths: {
    "clusterz.json": "/debug/clusterz",
    "syncz.json": "/debug/syncz",
    "networkz.json": "/debug/networkz",
    "registryz.json": "/debug/registryz",
    "metrics.txt": "/metrics",
    "version.json": "/version",
  },
} as const;
const ENVOY = {
  port: 15000,
  paths: {
    "server_info.json": "/server_info",
    "clusters.txt": "/clusters",
    "listeners.txt": "/listeners",
    "certs.json": "/certs",
    "stats.txt": "/stats?usedonly",
  },
} as const;

async function collectProxies(
  { cluster, client }: Source,
  pods: readonly PodItem[],
  sink: Sink,
  at: At,
  { report, signal }: CollectOptions,
): Promise<void> {
  const kube = await client();
  const calls = pool(AT_ONCE);
  const ready = pods.filter(({ status }) =>
    status?.conditions?.some(({ type, status: value }) => type === "Ready" && value === "True"),
  );
  const isIstiod = ({ metadata }: PodItem): boolean => metadata.labels?.["app"] === "istiod";
  const hasProxy = ({ status }: PodItem): boolean =>
    [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].some(
      ({ name }) => name === "istio-proxy",
    );
  const inSystem = ({ metadata }: PodItem): boolean => metadata.namespace === SYSTEM_NAMESPACE;
  const sidecars = ready.filter((pod) => hasProxy(pod) && !inSystem(pod));
  if (sidecars.length > MOST_SIDECARS) {
    sink.leaveOut(
      `${cluster}: state of ${sidecars.length - MOST_SIDECARS} sidecars`,
      `more than ${MOST_SIDECARS}`,
    );
  }
  const proxies = [
    ...ready.filter((pod) => hasProxy(pod) && inSystem(pod)),
    ...sidecars.slice(0, MOST_SIDECARS),
  ];
  const questions = [
    ...ready.filter(isIstiod).map((pod) => ({ pod, folder: "istiod", ...ISTIOD })),
    ...proxies.map((pod) => ({ pod, folder: "proxies", ...ENVOY })),
  ].flatMap(({ pod, folder, port, paths }) =>
    Object.entries(paths).map(([file, path]) => ({ pod, folder, port, file, path })),
  );
  let done = 0;
  await Promise.all(
    questions.map(({ pod: { metadata }, folder, port, file, path }) =>
      calls(async () => {
        signal.throwIfAborted();
        report(`istiod and proxies, ${++done} of ${questions.length}`);
        const { name, namespace = "" } = metadata;
        const answer = await see(
          within(SECONDS, signal, (end) =>
            getFromPod(kube, { namespace, pod: name, port }, path, end),
          ),
        );
        if (answer instanceof Unseen) {
          sink.leaveOut(`${cluster}: ${file} of ${namespace}/${name}`, answer.message);
        } else {
          sink.add(at(folder, namespace, name, file), parsed(answer));
        }
      }),
    ),
  );
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
