import type { Finding } from "../finding";
import type { Check } from "./check";

/** Findings apart from what follows from them. */
export interface Explained {
  readonly findings: readonly Finding[];
  /** Errors that another error explains. */
  readonly consequences: readonly Finding[];
}

/** Checks whose errors explain those of all others. */
const FOUNDATION: readonly string[] = ["deployed"];

type Rules = readonly Pick<Check, "name" | "follows">[];

/**
 * Sorts out errors that follow from others, by what each check says that it follows from, so that
 * one fault is named once. Nothing is lost: a cause says in `why` which checks fail because of it.
 */
export function explain(findings: readonly Finding[], checks: Rules): Explained {
  const errors = findings.filter(({ severity }) => severity === "error");
  const causes = new Map(errors.map((error) => [error, causesOf(error, errors, checks)]));
  const isConsequence = (finding: Finding): boolean => (causes.get(finding) ?? []).length > 0;
  const consequences = errors.filter(isConsequence);
  const roots = new Map(consequences.map((error) => [error, rootsOf(error, causes)] as const));
  return {
    findings: findings
      .filter((finding) => !isConsequence(finding))
      .map((finding) => {
        const following = consequences.filter((error) => roots.get(error)?.has(finding));
        return following.length > 0 ? { ...finding, why: whyWith(finding, following) } : finding;
      }),
    consequences,
  };
}

const causesOf = (error: Finding, errors: readonly Finding[], checks: Rules): Finding[] => {
  const follows = checks.find(({ name }) => name === error.check)?.follows ?? [];
  return errors.filter(
    (other) =>
      other !== error &&
      (follows.includes(other.check) || FOUNDATION.includes(other.check)) &&
      concerns(other, error),
  );
};

/** Whether a fault in one place can show in another. */
function concerns(cause: Finding, error: Finding): boolean {
  if (cause.cluster === undefined || error.cluster === undefined) {
    return true;
  }
  if (cause.peer === undefined) {
    return [error.cluster, error.peer].includes(cause.cluster);
  }
  return cause.cluster === error.cluster && (error.peer === undefined || cause.peer === error.peer);
}

/** The causes that have none themselves. */
function rootsOf(
  error: Finding,
  causes: ReadonlyMap<Finding, readonly Finding[]>,
  seen: ReadonlySet<Finding> = new Set(),
): Set<Finding> {
  const direct = (causes.get(error) ?? []).filter((cause) => !seen.has(cause));
  const path = new Set([...seen, error]);
  return direct.length === 0
    ? new Set([error])
    : new Set(direct.flatMap((cause) => [...rootsOf(cause, causes, path)]));
}

function whyWith({ why = "" }: Finding, following: readonly Finding[]): string {
  const places = new Map<string, string[]>();
  for (const { check, cluster, peer } of following) {
    const place = peer === undefined ? (cluster ?? "the mesh") : `${cluster} → ${peer}`;
    places.set(place, [...(places.get(place) ?? []), check]);
  }
  const list = [...places].map(([place, names]) => `${names.join(", ")} (${place})`);
  return [why, `Because of it fail: ${list.join("; ")}.`].filter(Boolean).join(" ");
}
