import { createHash } from "node:crypto";
import type { Rule } from "./rules";

/** Says on a VirtualService what it was before the page changed it, and until when it is changed. */
export const CHANGE_ANNOTATION = "theater.istio-multicloud/change";

/** What of a VirtualService is read and changed here; the rest of it stays. */
export interface VirtualService {
  readonly metadata: {
    readonly name: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly http: readonly Rule[] };
}

/** A change that ends by itself. */
export interface Change {
  /** What is different, as the page calls it: `shares`, or a scenario. */
  readonly what: string;
  /** When it ends (RFC 3339). */
  readonly until: string;
  /** The rules as they were. */
  readonly before: readonly Rule[];
  /** Fingerprint of the rules as they were made: other ones are somebody else's work. */
  readonly made: string;
}

/** The change under way, if there is one, and one that can be read. */
export function changeOf({ metadata }: VirtualService): Change | undefined {
  const text = metadata.annotations?.[CHANGE_ANNOTATION];
  if (text === undefined) {
    return undefined;
  }
  try {
    const change = JSON.parse(text) as Partial<Change>;
    return typeof change.what === "string" &&
      typeof change.made === "string" &&
      Array.isArray(change.before) &&
      !Number.isNaN(Date.parse(change.until ?? ""))
      ? (change as Change)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the change is still as it was made: nobody decided otherwise since. */
export const holds = (live: VirtualService, change: Change): boolean =>
  change.made === fingerprint(live.spec.http);

/** The rules as they are without a change. */
export function rulesBefore(live: VirtualService): readonly Rule[] {
  const change = changeOf(live);
  return change !== undefined && holds(live, change) ? change.before : live.spec.http;
}

/**
 * The VirtualService changed, instead of whatever change is under way.
 *
 * @param make rules from those without a change
 */
export function changed<V extends VirtualService>(
  live: V,
  what: string,
  until: Date,
  make: (rules: readonly Rule[]) => readonly Rule[],
): V {
  const before = rulesBefore(live);
  const http = make(before);
  const change: Change = { what, until: until.toISOString(), before, made: fingerprint(http) };
  return {
    ...live,
    metadata: {
      ...live.metadata,
      annotations: { ...live.metadata.annotations, [CHANGE_ANNOTATION]: JSON.stringify(change) },
    },
    spec: { ...live.spec, http },
  };
}

/**
 * The VirtualService as it was; where somebody else changed it since, as they left it.
 *
 * @returns nothing where there is nothing to take back
 */
export function restored<V extends VirtualService>(live: V): V | undefined {
  const { [CHANGE_ANNOTATION]: change, ...annotations } = live.metadata.annotations ?? {};
  return change === undefined
    ? undefined
    : {
        ...live,
        metadata: { ...live.metadata, annotations },
        spec: { ...live.spec, http: rulesBefore(live) },
      };
}

/** Whether a change has to be taken back now, also one that can't be read. */
export function isOver(live: VirtualService, now: number): boolean {
  if (live.metadata.annotations?.[CHANGE_ANNOTATION] === undefined) {
    return false;
  }
  const change = changeOf(live);
  return change === undefined || !holds(live, change) || Date.parse(change.until) <= now;
}

/** The same for the same rules, in whatever order the API gives back their fields. */
export const fingerprint = (rules: readonly Rule[]): string =>
  createHash("sha256")
    .update(JSON.stringify(sorted(rules)))
    .digest("base64url");

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, part]) => part !== undefined)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, part]) => [key, sorted(part)]),
    );
  }
  return value;
}
