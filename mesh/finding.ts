/** How much a finding matters: `error` keeps the mesh from working, `warning` may, `info` is to know. */
export type Severity = "error" | "warning" | "info" | "ok";

/** What one look at one thing has brought to light. */
export interface Finding {
  /** Name of the check in kebab case, e.g. `peer-synced`; the same for everything it looks at. */
  readonly check: string;
  readonly severity: Severity;
  /** Cluster that was looked at. */
  readonly cluster?: string;
  /** Cluster at the other end of a direction. */
  readonly peer?: string;
  /** One sentence. */
  readonly what: string;
  /** What comes of it. */
  readonly why?: string;
  /** What to do, or the command to type. */
  readonly fix?: string;
  /** Where to read on. */
  readonly link?: string;
}

const ORDER: readonly Severity[] = ["error", "warning", "info", "ok"];

/** The worst first, otherwise as they came. */
export const bySeverity = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));

/** 1 as soon as there is one error, or after `strict` one warning; 0 otherwise. */
export const exitCodeOf = (findings: readonly Finding[], strict = false): number =>
  findings.some(({ severity }) => severity === "error" || (strict && severity === "warning"))
    ? 1
    : 0;
