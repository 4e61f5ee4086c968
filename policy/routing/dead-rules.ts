/** A rule of a VirtualService, as far as it matters what it takes. */
export interface Rule<M> {
  /** It is taken when one of these is met; a rule without any has one without conditions. */
  readonly matches: readonly M[];
  /** Whether what it takes goes no further; a delegate lets through what it has no rule for. */
  readonly isFinal: boolean;
}

/** A rule, or one match of it, that no request reaches. */
export interface Dead {
  readonly rule: number;
  /** The dead match of a rule with others alive; undefined when the whole rule is dead. */
  readonly match: number | undefined;
  /** The earlier rule that takes what it would: of several, the one that takes its first dead match. */
  readonly by: number;
}

/**
 * What can never match, since an earlier rule takes it all: rules are tried in order, and the first
 * whose match is met is the one (istio.io "VirtualService", HTTPRoute).
 *
 * @param rules undefined for one that isn't known: it takes nothing and isn't judged
 * @param covers whether everything that the second match takes is taken by the first
 */
export function deadRules<M>(
  rules: readonly (Rule<M> | undefined)[],
  covers: (broad: M, narrow: M) => boolean,
): Dead[] {
  return rules.flatMap((rule, index): Dead[] => {
    const dead = (rule?.matches ?? []).flatMap((match, at) => {
      const by = rules
        .slice(0, index)
        .findIndex(
          (earlier) => earlier?.isFinal && earlier.matches.some((broad) => covers(broad, match)),
        );
      return by === -1 ? [] : [{ rule: index, match: at, by }];
    });
    const [first] = dead;
    return first !== undefined && dead.length === rule?.matches.length
      ? [{ ...first, match: undefined }]
      : dead;
  });
}
