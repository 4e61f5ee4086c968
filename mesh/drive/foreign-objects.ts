import { setMaxListeners } from "node:events";
import { UserError } from "../../config/errors";
import { isObject, objectOr, textOf } from "../../config/json";
import { clientFromText } from "../../kube/client";
import { asker, type Ask } from "../../kube/request";
import type { Member } from "../open";
import { ClusterApi, NoAnswer, Refusal } from "../preflight/cluster-api";
import { CRDS } from "../preflight/objects";
import { helmRelease } from "../preflight/ownership";
import type { Project } from "../project";
import { stateOf } from "../stack-state";

/** An object of one of Istio's or the Gateway API's kinds that no stack made. */
export interface ForeignObject {
  readonly cluster: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** A kind whose definition goes with the stack, and with it every object. */
export interface DoomedKind {
  readonly kind: string;
  /** Where the API server lists its objects, of all namespaces. */
  readonly path: string;
}

type Json = Readonly<Record<string, unknown>>;

const RELEASE = "kubernetes:helm.sh/v3:Release";
/** The releases that hold the stack's definitions. */
const RELEASES = ["istio-crds", "gateway-api"];
const TIMEOUT_MILLISECONDS = 15_000;

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
    members.map(async ({ cluster, settings }) => {
      const state = await stateOf(project, settings.stack);
      const kubeconfig = settings.kubeconfigs[cluster.id];
      return kubeconfig === undefined
        ? []
        : foreignObjects(cluster.id, state, new ClusterApi(await ask(kubeconfig)));
    }),
  );
  const objects = found.flat();
  if (objects.length > 0) {
    throw new UserError(refusal(objects), 2);
  }
}

/**
 * What destroying a stack of this state would delete of others in its cluster; nothing is known of one
 * that doesn't answer.
 *
 * @throws UserError where the cluster refuses to say
 */
export async function foreignObjects(
  cluster: string,
  state: unknown,
  api: ClusterApi,
): Promise<ForeignObject[]> {
  const releases = doomedReleases(state);
  try {
    const kinds = releases.length > 0 ? doomedKinds(await api.list<Json>(CRDS), releases) : [];
    const lists = await Promise.all(
      kinds.map(async ({ kind, path }) =>
        (await api.list<Json>(path)).map((item) => ({ ...item, kind })),
      ),
    );
    return lists
      .flat()
      .filter(isForeign(ownedBy(state)))
      .map(toForeign(cluster));
  } catch (error) {
    if (error instanceof NoAnswer) {
      return [];
    }
    throw error instanceof Refusal ? new UserError(unknown(cluster, error.message), 2) : error;
  }
}

async function ask(kubeconfig: string): Promise<Ask> {
  const client = await clientFromText(kubeconfig);
  const timeout = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  // Every request under way listens to it.
  setMaxListeners(0, timeout);
  return asker(client, timeout);
}

/** The releases in a stack's state that take their definitions along. */
export const doomedReleases = (state: unknown): string[] =>
  resourcesOf(state).flatMap(({ type, inputs }) => {
    const { name, values } = objectOr(inputs);
    const release = textOf(name) ?? "";
    return type === RELEASE && RELEASES.includes(release) && objectOr(values)["keep"] !== true
      ? [release]
      : [];
  });

/** The kinds whose definitions belong to one of these releases. */
export function doomedKinds(crds: readonly Json[], releases: readonly string[]): DoomedKind[] {
  return crds.flatMap((crd) => {
    const owner = helmRelease(objectOr(crd["metadata"]) as { name: string });
    const spec = objectOr(crd["spec"]);
    const names = objectOr(spec["names"]);
    const version = listOf(spec["versions"]).find(({ served }) => served === true);
    return owner !== undefined && releases.includes(owner.name) && version !== undefined
      ? [
          {
            kind: textOf(names["kind"]) ?? "",
            path: ["/apis", spec["group"], version["name"], names["plural"]].join("/"),
          },
        ]
      : [];
  });
}

/** Identities of the objects in a stack's state. */
export const ownedBy = (state: unknown): string[] =>
  resourcesOf(state).map(({ inputs }) => identity(objectOr(inputs)));

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

const unknown = (cluster: string, reason: string): string =>
  `Whether destroy would delete what others made on ${cluster} can't be told (${reason}): use a kubeconfig that may list custom resources, or add --delete-foreign`;

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

const resourcesOf = (state: unknown): Json[] => listOf(objectOr(state)["resources"]);

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
