import { within } from "../../check/within";
import { readMetrics } from "../../metrics/read-metrics";
import type { Item } from "../../preflight/cluster-api";
import type { Sink } from "../entry";
import { collectEvents } from "./events";
import { ClusterFolder, type Source } from "./folder";
import { collectLogs, type LogOptions } from "./logs";
import {
  CLUSTER_LISTS,
  meshNamespaces,
  NAMESPACE_LISTS,
  namespacePath,
  presentable,
} from "./objects";
import type { PodItem } from "./pods";
import { collectProxies } from "./proxies";

export interface CollectOptions extends LogOptions {
  readonly signal: AbortSignal;
}

/** How long Prometheus has to answer. */
const METRICS_SECONDS = 5;

/**
 * A cluster's Secrets in the mesh's namespaces, to know what must not be seen elsewhere.
 *
 * @throws Error where one of them can't be read
 */
export async function readSecrets({ api }: Source): Promise<readonly Item[]> {
  const namespaces = meshNamespaces(await api.list(CLUSTER_LISTS.namespaces));
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
  const folder = new ClusterFolder(source, sink, options.signal);
  options.report("objects");
  const version = await folder.read("version", source.api.answer("/version"));
  folder.add(["version.json"], version?.body);
  const lists = await Promise.all(
    Object.entries(CLUSTER_LISTS).map(async ([kind, path]) => ({
      kind,
      items: await collectList(folder, kind, path),
    })),
  );
  const namespaces = meshNamespaces(itemsOf(lists, "namespaces"));
  const pods: PodItem[] = [];
  for (const namespace of namespaces) {
    const found = await Promise.all(
      Object.keys(NAMESPACE_LISTS).map(async (kind) => ({
        kind,
        items: await collectList(folder, kind, namespacePath(kind, namespace), namespace),
      })),
    );
    pods.push(...(itemsOf(found, "pods") as PodItem[]));
  }
  await collectEvents(folder, namespaces);
  const metrics = await folder.read(
    "metrics",
    within(METRICS_SECONDS, options.signal, (end) => readMetrics(source.api, source.client, end)),
  );
  if (metrics !== undefined) {
    folder.add(["metrics.json"], metrics);
  }
  await collectLogs(folder, pods, options);
  await collectProxies(folder, pods, options);
}

async function collectList(
  folder: ClusterFolder,
  kind: string,
  path: string,
  namespace?: string,
): Promise<readonly Item[]> {
  const place = namespace === undefined ? [] : [namespace];
  const items = (await folder.read([...place, kind].join("/"), folder.source.api.list(path))) ?? [];
  if (items.length > 0) {
    folder.add(
      ["objects", ...place, `${kind}.json`],
      items.map((item) => presentable(kind, namespace, item)),
    );
  }
  return items;
}

const itemsOf = (
  lists: readonly { readonly kind: string; readonly items: readonly Item[] }[],
  kind: string,
): readonly Item[] => lists.find((list) => list.kind === kind)?.items ?? [];
