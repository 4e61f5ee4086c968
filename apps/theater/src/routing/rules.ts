/** Names of the rules of a service's VirtualService. */
export const RULES = {
  canaryRepeatable: "canary-repeatable",
  canary: "canary",
  /** Reads, and writes with a key by which a service knows them again. */
  repeatable: "repeatable",
  all: "all",
} as const;

/** The rules that weights decide; the canary's have one cluster. */
const DIVIDED: readonly (string | undefined)[] = [RULES.repeatable, RULES.all];

/** Percentages by cluster ID, 100 together. */
export type Shares = Readonly<Record<string, number>>;

/** What of a VirtualService's HTTP rule is read and changed here; the rest of it stays. */
export interface Rule {
  readonly name?: string | undefined;
  readonly route?:
    | readonly {
        readonly destination: { readonly subset?: string | undefined };
        readonly weight?: number | undefined;
      }[]
    | undefined;
}

/** The shares that take effect: those of the last rule, which takes what no other does. */
export const sharesOf = (rules: readonly Rule[]): Shares =>
  Object.fromEntries(
    (rules.at(-1)?.route ?? []).map(({ destination, weight }, _, all) => [
      destination.subset ?? "",
      // Istio sends everything to a single destination without a weight.
      weight ?? (all.length === 1 ? 100 : 0),
    ]),
  );

/** The rules with other shares, and everything else as it is. */
export const withShares = <R extends Rule>(rules: readonly R[], shares: Shares): R[] =>
  rules.map((rule) =>
    DIVIDED.includes(rule.name) && rule.route !== undefined
      ? {
          ...rule,
          route: Object.entries(shares).map(([subset, weight]) => ({
            destination: { ...rule.route?.[0]?.destination, subset },
            weight,
          })),
        }
      : rule,
  );

/** The rules with a fault that the caller's proxy makes up, of every request. */
export const withFault = <R extends Rule>(rules: readonly R[], fault: object): R[] =>
  rules.map((rule) => ({ ...rule, fault }));
