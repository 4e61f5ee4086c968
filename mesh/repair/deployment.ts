import { isObject, objectOr, textOf } from "../../config/json";

type Json = Readonly<Record<string, unknown>>;

/**
 * A stack's state without pending operations: what they made by now is a resource like others, the
 * rest is forgotten.
 *
 * A refresh can't do this: it drops what it can read but finds not ready yet, e.g. a Service whose
 * pods were still to come.
 *
 * @param deployment as `pulumi stack export` has it (pulumi/sdk/go/common/apitype, DeploymentV3)
 * @param made IDs of the objects that are there, by URN
 */
export function settled(deployment: Json, made: ReadonlyMap<string, string>): Json {
  const resources = listOf(deployment["resources"]);
  const known = new Set(resources.map(urnOf));
  const begun = listOf(deployment["pending_operations"])
    .filter(({ type }) => type === "creating")
    .map(({ resource }) => objectOr(resource))
    .filter((resource) => !known.has(urnOf(resource)))
    .flatMap((resource) => adopt(resource, made));
  return { ...deployment, resources: withParents(resources, begun), pending_operations: [] };
}

/** A component is nowhere but in the state; everything else has to be there. */
function adopt(resource: Json, made: ReadonlyMap<string, string>): Json[] {
  if (resource["custom"] !== true) {
    return [resource];
  }
  const id = made.get(urnOf(resource));
  return id === undefined ? [] : [{ ...resource, id, outputs: resource["inputs"] }];
}

/** A state names parents before their children; what has no parent by now would have none later. */
function withParents(resources: readonly Json[], begun: readonly Json[]): Json[] {
  const result = [...resources];
  const known = new Set(result.map(urnOf));
  let rest = [...begun];
  for (;;) {
    const ready = rest.filter((resource) => {
      const parent = textOf(resource["parent"]);
      return !known.has(urnOf(resource)) && (parent === undefined || known.has(parent));
    });
    if (ready.length === 0) {
      return result;
    }
    for (const resource of ready) {
      if (!known.has(urnOf(resource))) {
        known.add(urnOf(resource));
        result.push(resource);
      }
    }
    rest = rest.filter((resource) => !known.has(urnOf(resource)));
  }
}

const urnOf = (resource: Json): string => textOf(resource["urn"]) ?? "";

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
