import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "../../config/errors";
import { isObject, objectOr, textOf } from "../../config/json";
import type { KubeClient } from "../../kube/client";
import { stateOf } from "../stack-state";
import type { Member } from "../open";
import type { Project } from "../project";

/** An object of one of Istio's or the Gateway API's kinds that no stack made. */
export interface ForeignObject {
  readonly cluster: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** A kind whose definition goes with the stack, and with it every object. */
export interface DoomedKind {
  readonly apiVersion: string;
  readonly kind: string;
}

type Json = Readonly<Record<string, unknown>>;

/** The Helm releases that hold the stack's definitions. */
const RELEASES = ["istio-crds", "gateway-api"];
const TIMEOUT_MILLISECONDS = 15_000;
const KEEP = "helm.sh/resource-policy";

/**
 * Stops a destroy that would delete what others made.
 *
 * A cluster that doesn't answer can't be asked, and can't be destroyed either.
 *
 * @throws UserError naming objects that would go with their definitions
 */
export async function refuseForeignObjects(
  project: Project,
  members: readonly Member[],
): Promise<void> {
  const found = await Promise.all(
    members.map(async (member) => {
      const client = await member.client();
      const kinds = doomedKinds(await definitions(client));
      const owned = kinds.length > 0 ? ownedBy(await stateOf(project, member.settings.stack)) : [];
      const objects = await Promise.all(kinds.map((kind) => list(client, kind)));
      return objects.flat().filter(isForeign(owned)).map(toForeign(member.cluster.id));
    }),
  );
  const objects = found.flat();
  if (objects.length > 0) {
    throw new UserError(refusal(objects), 2);
  }
}

/** The kinds whose definitions belong to our releases and aren't to be kept. */
export function doomedKinds(crds: readonly Json[]): DoomedKind[] {
  return crds.flatMap((crd) => {
    const annotations = objectOr(objectOr(crd["metadata"])["annotations"]);
    const spec = objectOr(crd["spec"]);
    const release = textOf(annotations["meta.helm.sh/release-name"]) ?? "";
    const version = listOf(spec["versions"]).find(({ storage }) => storage === true);
    return RELEASES.includes(release) && annotations[KEEP] !== "keep" && version
      ? [
          {
            apiVersion: `${textOf(spec["group"])}/${textOf(version["name"])}`,
            kind: textOf(objectOr(spec["names"])["kind"]) ?? "",
          },
        ]
      : [];
  });
}

/** Identities of the objects in a stack's state. */
export const ownedBy = (state: unknown): string[] =>
  listOf(objectOr(state)["resources"]).map((resource) => identity(objectOr(resource["inputs"])));

/**
 * Tells what others made from what goes anyway: the stack's own objects, those that have an owner,
 * and the GatewayClasses that istiod makes by itself.
 */
export const isForeign =
  (owned: readonly string[]) =>
  (object: Json): boolean => {
    const controller = textOf(objectOr(object["spec"])["controllerName"]) ?? "";
    return (
      !owned.includes(identity(object)) &&
      listOf(objectOr(object["metadata"])["ownerReferences"]).length === 0 &&
      !(object["kind"] === "GatewayClass" && controller.startsWith("istio.io/"))
    );
  };

/** One sentence for any number of objects. */
export function refusal(objects: readonly ForeignObject[]): string {
  const shown = objects.slice(0, 3).map(({ cluster, kind, namespace, name }) => {
    const path = namespace === undefined ? name : `${namespace}/${name}`;
    return `${kind} ${path} on ${cluster}`;
  });
  const more = objects.length > shown.length ? ` and ${objects.length - shown.length} more` : "";
  return `Destroy would delete what no stack of the mesh made, because the definitions of these kinds go: ${shown.join(", ")}${more}; to keep such objects set mesh:crds to keep and run up first, to delete them add --delete-foreign`;
}

/** By group, not version: the state and the cluster may name different versions of one object. */
function identity(object: Json): string {
  const { name, namespace } = objectOr(object["metadata"]);
  const group = (textOf(object["apiVersion"]) ?? "").split("/")[0];
  return [group, object["kind"], namespace ?? "", name].join(" ");
}

const toForeign =
  (cluster: string) =>
  (object: Json): ForeignObject => {
    const metadata = objectOr(object["metadata"]);
    return {
      cluster,
      kind: textOf(object["kind"]) ?? "",
      namespace: textOf(metadata["namespace"]),
      name: textOf(metadata["name"]) ?? "",
    };
  };

/** Nothing from a cluster that can't be asked. */
const definitions = (client: KubeClient): Promise<Json[]> =>
  Promise.race([
    list(client, { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" }),
    wait(TIMEOUT_MILLISECONDS, [], { ref: false }),
  ]).catch(() => []);

/** Objects of a kind; a list leaves out the kind of its items. */
async function list(client: KubeClient, { apiVersion, kind }: DoomedKind): Promise<Json[]> {
  const { items } = await client.objects.list(apiVersion, kind);
  return items.map((item) => ({ ...item, apiVersion, kind }));
}

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
