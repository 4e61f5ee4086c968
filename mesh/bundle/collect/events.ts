import type { Item } from "../../preflight/cluster-api";
import type { ClusterFolder } from "./folder";

const MOST_EVENTS = 2000;

/** Events of the mesh's namespaces and of the cluster itself, one a line, in order. */
export async function collectEvents(
  folder: ClusterFolder,
  namespaces: readonly string[],
): Promise<void> {
  const { api } = folder.source;
  const lists = await Promise.all(
    [...namespaces, "kube-system", "default"].map((namespace) =>
      folder.read(
        `${namespace}/events`,
        api.list<EventItem>(`/api/v1/namespaces/${namespace}/events`),
      ),
    ),
  );
  const events = lists
    .flatMap((list) => list ?? [])
    .toSorted((one, other) => timeOf(one).localeCompare(timeOf(other), "en"));
  folder.add(
    ["events.txt"],
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
