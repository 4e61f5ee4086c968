/** How a pod does: `ending` is one that Kubernetes was told to delete. */
export type PodState = "ready" | "not-ready" | "ending";

/** A pod as the page shows it. */
export interface PodView {
  readonly name: string;
  /** The service it belongs to, e.g. `user-service`. */
  readonly service: string;
  readonly state: PodState;
}

/** What of a list of pods is read. */
export interface PodList {
  readonly items?: readonly {
    readonly metadata?: {
      readonly name?: string;
      readonly labels?: Readonly<Record<string, string>>;
      readonly deletionTimestamp?: string;
    };
    readonly status?: {
      readonly phase?: string;
      readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    };
  }[];
}

/** Pods that ended for good serve nobody, e.g. evicted ones that Kubernetes keeps for a while. */
const OVER: readonly (string | undefined)[] = ["Succeeded", "Failed"];

/** The pods of a list in a steady order: by service, then by name. */
export const podsOf = ({ items = [] }: PodList): PodView[] =>
  items
    .filter(({ status }) => !OVER.includes(status?.phase))
    .map(({ metadata, status }) => ({
      name: metadata?.name ?? "",
      service: metadata?.labels?.["app"] ?? "",
      state: stateOf(metadata?.deletionTimestamp, status?.conditions),
    }))
    .sort((one, other) => order(one.service, other.service) || order(one.name, other.name));

function stateOf(
  deleted: string | undefined,
  conditions: readonly { readonly type: string; readonly status: string }[] = [],
): PodState {
  if (deleted !== undefined) {
    return "ending";
  }
  const ready = conditions.some(({ type, status }) => type === "Ready" && status === "True");
  return ready ? "ready" : "not-ready";
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
