const STACK_TYPE = "pulumi:pulumi:Stack";

/**
 * Names a resource as Pulumi does: `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`,
 * where the stack itself does not count among the parents.
 */
export function makeUrn(
  stack: string,
  project: string,
  resource: { readonly type: string; readonly name: string; readonly parent: string | undefined },
): string {
  const parentTypes = resource.parent?.split("::")[2];
  const chain =
    parentTypes === undefined || parentTypes === STACK_TYPE
      ? resource.type
      : `${parentTypes}$${resource.type}`;
  return `urn:pulumi:${stack}::${project}::${chain}::${resource.name}`;
}

export const isStackType = (type: string): boolean => type === STACK_TYPE;

/** `kubernetes:apps/v1:Deployment` ⇒ `Deployment`, `pulumi:providers:kubernetes` ⇒ `Provider` */
export const kindOfType = (type: string): string =>
  type.startsWith("pulumi:providers:") ? "Provider" : (type.split(":").at(-1) as string);
