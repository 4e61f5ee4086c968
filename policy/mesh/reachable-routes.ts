import { z } from "zod";
import type { Plain } from "../inputs";
import { resourcePolicy, titleOf, violation, type Subject, type Violation } from "../policy";
import { read } from "../read";
import { deadRules, type Rule } from "../routing/dead-rules";
import { httpCovers, httpMatch } from "../routing/http-match";
import { l4Covers, l4Match } from "../routing/l4-match";
import { gatewaysOf, isVirtualService, rulesOf, type Protocol } from "../routing/virtual-service";

export const reachableRoutes = resourcePolicy(
  {
    name: "routes-reachable",
    refuses: "Rules of a VirtualService that can never match, since an earlier one takes it all",
    why: "The first rule that matches wins: of two with the same match and weights of 30 and 70, the second is dead and the first takes everything",
    source: "https://istio.io/latest/docs/reference/config/analysis/ist0130/",
    level: "mandatory",
    severity: "high",
  },
  (subject) => {
    const gateways = isVirtualService(subject) ? gatewaysOf(subject) : undefined;
    if (gateways === undefined) {
      return [];
    }
    const http = (broad: z.output<typeof httpMatch>, narrow: z.output<typeof httpMatch>) =>
      httpCovers(broad, narrow, gateways);
    const l4 = (broad: z.output<typeof l4Match>, narrow: z.output<typeof l4Match>) =>
      l4Covers(broad, narrow, gateways);
    return [
      ...dead(subject, "http", httpMatch, http),
      ...dead(subject, "tls", l4Match, l4),
      ...dead(subject, "tcp", l4Match, l4),
    ];
  },
);

function dead<S extends z.ZodType>(
  subject: Subject,
  protocol: Protocol,
  shape: S,
  covers: (broad: z.output<S>, narrow: z.output<S>) => boolean,
): Violation[] {
  const rules = rulesOf(subject, protocol);
  return deadRules(
    rules.map(({ rule }) => ruleOf(rule, shape)),
    covers,
  ).map(({ rule, match, by }) => {
    const where = `${rules[rule]?.title}${match === undefined ? "" : `.match[${match}]`}`;
    const taker = rules[by]?.title;
    return violation(
      `${where} of ${titleOf(subject)}`,
      `can never match, since ${taker} takes all that it would`,
      `give ${taker} a narrower match, put ${where} before it, or make one rule of both with a weight per destination`,
    );
  });
}

const delegating = z.object({ delegate: z.unknown().optional() });

function ruleOf<S extends z.ZodType>(rule: Plain, shape: S): Rule<z.output<S>> | undefined {
  const matches = read(z.object({ match: z.array(shape).nullish() }), rule);
  const isFinal = read(delegating, rule)?.delegate === undefined;
  return matches && { matches: orOneWithout(matches.match ?? [], shape), isFinal };
}

/** A rule without matches takes everything. */
const orOneWithout = <S extends z.ZodType>(
  matches: readonly z.output<S>[],
  shape: S,
): readonly z.output<S>[] => (matches.length > 0 ? matches : [shape.parse({})]);
