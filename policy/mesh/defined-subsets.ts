import { z } from "zod";
import { isKind, namespaceOf } from "../kubernetes/object";
import { stackPolicy, titleOf, violation, type StackViolation, type Subject } from "../policy";
import { read } from "../read";
import { appliesTo, fullHost } from "../routing/hosts";
import {
  destinationsOf,
  isVirtualService,
  NETWORKING,
  PROTOCOLS,
  rulesOf,
} from "../routing/virtual-service";

export const definedSubsets = stackPolicy(
  {
    name: "subsets-defined",
    refuses: "Subsets that no DestinationRule of the same cluster defines in the stack",
    why: "A route to a subset that nobody defines answers 503, NR or no healthy upstream",
    source: "https://istio.io/latest/docs/reference/config/analysis/ist0101/",
    level: "mandatory",
    severity: "high",
  },
  (subjects) => {
    const rules = subjects.flatMap(readRule);
    return subjects
      .filter(isVirtualService)
      .flatMap((service) => usedSubsets(service).map((used) => ({ service, ...used })))
      .filter(
        ({ service, host, subset }) =>
          !rules.some((rule) => rule.cluster === clusterOf(service) && rule.defines(host, subset)),
      )
      .map(({ service, where, host, subset }): StackViolation => ({
        urn: service.urn,
        sentence: violation(
          `${where} of ${titleOf(service)}`,
          `sends to the subset ${subset} of ${host}, which no DestinationRule of this stack defines`,
          `add ${subset} to the subsets of a DestinationRule for ${host}, on the same cluster`,
        ),
      }));
  },
);

interface Used {
  readonly where: string;
  readonly host: string;
  readonly subset: string;
}

function usedSubsets(service: Subject): Used[] {
  const namespace = namespaceOf(service.inputs);
  return PROTOCOLS.flatMap((protocol) => rulesOf(service, protocol)).flatMap(({ title, rule }) =>
    destinationsOf(rule).flatMap(({ host: name, subset }) => {
      const host = fullHost(name, namespace);
      return subset && host !== undefined ? [{ where: title, host, subset }] : [];
    }),
  );
}

const destinationRule = z.object({
  spec: z.object({
    host: z.string(),
    subsets: z.array(z.object({ name: z.string() })).nullish(),
  }),
});

interface Defining {
  readonly cluster: string | undefined;
  readonly defines: (host: string, subset: string) => boolean;
}

function readRule(subject: Subject): Defining[] {
  if (!isKind(subject.type, NETWORKING, "DestinationRule")) {
    return [];
  }
  const spec = read(destinationRule, subject.inputs)?.spec;
  const own = spec && fullHost(spec.host, namespaceOf(subject.inputs));
  const names = spec?.subsets?.map(({ name }) => name) ?? [];
  return [
    {
      cluster: clusterOf(subject),
      // One that isn't known yet may define whatever is asked for.
      defines: (host, subset) =>
        own === undefined || (appliesTo(own, host) && names.includes(subset)),
    },
  ];
}

const clusterOf = ({ provider }: Subject): string | undefined => provider?.urn;
