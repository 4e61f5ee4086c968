import type { Pod, Workload } from "./facts";

/** The pods that a Deployment's selector finds. */
export const podsOf = ({ selector }: Pick<Workload, "selector">, pods: readonly Pod[]): Pod[] =>
  pods.filter(({ labels }) => matches(selector, labels));

/** Whether every label that is asked for is there. */
export const matches = (
  wanted: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean => Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** What keeps a pod from being ready, as far as its status says. */
export function troubleOf({ name, isReady, trouble, containers }: Pod): string[] {
  const stuck = containers.find(({ waiting }) => waiting !== undefined);
  const reason = trouble ?? (stuck && `${stuck.name} ${stuck.waiting}`);
  return isReady ? [] : [`${name} (${reason ?? "not ready yet"})`];
}
