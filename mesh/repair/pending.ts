import { isObject, objectOr, textOf } from "../../config/json";

/** Something that a killed run had begun, and whose end nobody saw. */
export interface PendingOperation {
  readonly kind: "creating" | "updating" | "deleting" | "reading" | "importing";
  readonly urn: string;
  /** Whether a resource of that URN is in the state already. */
  readonly isKnown: boolean;
  /** Name of the provider, which is the cluster's ID; absent for what is no cluster's object. */
  readonly cluster: string | undefined;
  readonly target: PendingTarget | undefined;
}

/** What the operation was about, where that is something in a cluster. */
export type PendingTarget =
  | { readonly kind: "release"; readonly namespace: string; readonly name: string }
  | {
      readonly kind: "object";
      readonly apiVersion: string;
      readonly objectKind: string;
      readonly namespace: string | undefined;
      readonly name: string;
    };

const KUBERNETES = "kubernetes:";
const RELEASE = "kubernetes:helm.sh/v3:Release";

/**
 * What is pending in a stack's state, as `pulumi stack export` prints it
 * (pulumi/sdk/go/common/apitype, DeploymentV3.PendingOperations).
 */
export function pendingOperations(deployment: unknown): PendingOperation[] {
  const state = objectOr(deployment);
  const known = new Set(listOf(state["resources"]).map((resource) => resource["urn"]));
  return listOf(state["pending_operations"]).map((operation) => {
    const resource = objectOr(operation["resource"]);
    const urn = textOf(resource["urn"]) ?? "";
    return {
      kind: operation["type"] as PendingOperation["kind"],
      urn,
      isKnown: known.has(urn),
      cluster: textOf(resource["provider"])?.split("::").at(-2),
      target: targetOf(textOf(resource["type"]) ?? "", objectOr(resource["inputs"])),
    };
  });
}

function targetOf(
  type: string,
  inputs: Readonly<Record<string, unknown>>,
): PendingTarget | undefined {
  if (type === RELEASE) {
    const [name, namespace] = [textOf(inputs["name"]), textOf(inputs["namespace"])];
    return name && namespace ? { kind: "release", name, namespace } : undefined;
  }
  const metadata = objectOr(inputs["metadata"]);
  const name = textOf(metadata["name"]);
  const apiVersion = textOf(inputs["apiVersion"]);
  const objectKind = textOf(inputs["kind"]);
  return type.startsWith(KUBERNETES) && name && apiVersion && objectKind
    ? { kind: "object", apiVersion, objectKind, name, namespace: textOf(metadata["namespace"]) }
    : undefined;
}

/** How pulumi-kubernetes calls an object: `<namespace>/<name>`, or the name where there is none. */
export const idOf = ({ namespace, name }: PendingTarget): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

const listOf = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
