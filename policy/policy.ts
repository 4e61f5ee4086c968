import type {
  EnforcementLevel,
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";
import { plain, type Plain } from "./inputs";
import { nameOf, namespaceOf, objectType } from "./kubernetes/object";

/** What people read of a policy: in the CLI, in docs/policies.md. */
export interface Rule {
  /** The key by which a configuration of the pack names it. */
  readonly name: string;
  /** What it refuses. */
  readonly refuses: string;
  /** What would go wrong. */
  readonly why: string;
  /** Where the rule comes from. */
  readonly source: string;
  /** The level that holds unless the pack's configuration says another. */
  readonly level: EnforcementLevel;
  readonly severity: Severity;
}

export type MeshPolicy = (ResourceValidationPolicy | StackValidationPolicy) & {
  readonly rule: Rule;
};

/** The stack itself, the first resource that a run registers. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** A resource as the checks see it. */
export interface Subject {
  /** Pulumi's type token. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly urn: string;
  /** A resource's inputs; in a stack policy its outputs, which repeat them. */
  readonly inputs: Plain;
  /** The resource's provider. */
  readonly provider: { readonly name: string; readonly urn: string } | undefined;
}

/** One sentence: where, what, and what to write instead. */
export type Violation = string;

const violation = (where: string, what: string, instead: string): Violation =>
  `${where} ${what}: ${instead}`;
export { violation };

/** How sentences call a resource: `Deployment echo/echo`, or `Provider ncloud` where it is no object. */
export function titleOf({ type, name, inputs }: Subject): string {
  if (type.startsWith("pulumi:providers:")) {
    return `Provider ${name}`;
  }
  const kind = objectType(type)?.kind ?? type.split(":").at(-1);
  const namespace = namespaceOf(inputs);
  const own = nameOf(inputs) ?? name;
  return `${kind} ${namespace === undefined ? own : `${namespace}/${own}`}`;
}

/** A policy on each resource by itself; runs before the resource is touched. */
export function resourcePolicy(
  rule: Rule,
  check: (subject: Subject) => readonly Violation[],
): ResourceValidationPolicy & MeshPolicy {
  return {
    ...describe(rule),
    validateResource(args, report) {
      if (!isExempt(args, args.name)) {
        check(toSubject(args)).forEach((sentence) => report(sentence));
      }
    },
  };
}

/** A violation of a stack policy, with the resource that it is about. */
export interface StackViolation {
  readonly urn: string;
  readonly sentence: Violation;
}

/** A policy on all of a stack's resources together; runs at the end of a preview or update. */
export function stackPolicy(
  rule: Rule,
  check: (subjects: readonly Subject[]) => readonly StackViolation[],
): StackValidationPolicy & MeshPolicy {
  return {
    ...describe(rule),
    validateStack(args, report) {
      const subjects = args.resources.map(toSubject);
      const exempt = new Set(
        args.resources.filter(({ name }) => isExempt(args, name)).map(({ urn }) => urn),
      );
      check(subjects)
        .filter(({ urn }) => !exempt.has(urn))
        .forEach(({ sentence, urn }) => report(sentence, urn));
    },
  };
}

const describe = (rule: Rule) => ({
  rule,
  name: rule.name,
  description: rule.refuses,
  enforcementLevel: rule.level,
  severity: rule.severity,
  url: rule.source,
  configSchema: {
    properties: {
      exempt: {
        type: "array" as const,
        items: { type: "string" as const },
        default: [],
        description: "Logical names of resources that the policy leaves alone",
      },
    },
  },
});

interface Configured {
  getConfig<T extends object>(): T;
}

const isExempt = (args: Configured, name: string): boolean =>
  args.getConfig<{ exempt?: readonly string[] }>().exempt?.includes(name) ?? false;

const toSubject = (resource: ResourceValidationArgs | PolicyResource): Subject => ({
  type: resource.type,
  name: resource.name,
  urn: resource.urn,
  inputs: plain(resource.props),
  provider: resource.provider && { name: resource.provider.name, urn: resource.provider.urn },
});
