import type { ResourceState } from "./state";

/**
 * The order in which resources can go: each after all that rest on it, and otherwise the last
 * registered first.
 *
 * @param resources in the order in which they were registered
 */
export function deletionOrder(resources: readonly ResourceState[]): ResourceState[] {
  const dependents = new Map<string, ResourceState[]>();
  for (const resource of resources) {
    for (const urn of restsOn(resource)) {
      dependents.set(urn, [...(dependents.get(urn) ?? []), resource]);
    }
  }
  const visited = new Set<string>();
  const order: ResourceState[] = [];
  const visit = (resource: ResourceState): void => {
    if (visited.has(resource.urn)) {
      return;
    }
    visited.add(resource.urn);
    (dependents.get(resource.urn) ?? []).toReversed().forEach(visit);
    order.push(resource);
  };
  resources.toReversed().forEach(visit);
  return order;
}

const restsOn = ({ dependencies, parent, provider }: ResourceState): string[] =>
  [...new Set([...dependencies, parent, provider])].filter((urn) => urn !== undefined);
