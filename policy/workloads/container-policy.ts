import { z } from "zod";
import { resourcePolicy, violation, type Rule } from "../policy";
import { read } from "../read";
import { containersOf, type Container } from "./containers";

/** What is wrong with a container, and what to write instead. */
export type Problem = readonly [what: string, instead: string];

/** A policy on every container of every workload. */
export const containerPolicy = (
  rule: Rule,
  check: (container: Container) => Problem | undefined,
): ReturnType<typeof resourcePolicy> =>
  resourcePolicy(rule, (subject) =>
    containersOf(subject).flatMap((container) => {
      const problem = check(container);
      return problem ? [violation(container.title, ...problem)] : [];
    }),
  );

/** A policy on a container's security context, which takes from its pod's what it leaves out. */
export const securityContextPolicy = <T extends z.ZodRawShape>(
  rule: Rule,
  settings: z.ZodObject<T>,
  check: (context: z.output<z.ZodObject<T>>) => Problem | undefined,
): ReturnType<typeof resourcePolicy> => {
  const shape = z.object({ securityContext: settings.nullish() });
  return containerPolicy(rule, ({ spec, pod }) => {
    const own = read(shape, spec);
    const common = read(shape, pod);
    return own && common
      ? check(settings.parse({ ...common.securityContext, ...own.securityContext }))
      : undefined;
  });
};
