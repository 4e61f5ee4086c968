import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../../config/errors";
import type { Cluster } from "../cluster";
import { objectOr, sameJson, textOf, without } from "../../../config/json";
import { KubeError, type KubeObject, type ObjectRef, type Propagation } from "../kube-client";
import { troubledPods } from "../pod-trouble";
import { readiness } from "../readiness";
import { retrying } from "../retry";
import type { Context, Handler, Target } from "./handler";

/** Field manager of everything the engine applies. */
const FIELD_MANAGER = "pulumi-lab";
/** Pulumi's default for the kinds it waits for. */
const DEFAULT_TIMEOUT_S = 600;
const LONGEST_POLL_MS = 1_000;

/**
 * `kubernetes:<group>/<version>:<Kind>`: an object, custom ones included, by server-side apply.
 *
 * An object that nobody here made is refused, as Pulumi does; what may not change in place is
 * deleted and made anew.
 */
export const kubernetesObject: Handler = {
  up: async (target, context) => {
    const cluster = context.cluster(target.provider);
    const object = await toObject(target, cluster, context);
    const ref = refOf(object);
    const before = target.previous?.memo["ref"] as ObjectRef | undefined;
    const moved =
      target.previous !== undefined &&
      before !== undefined &&
      (!sameJson(identity(before), identity(ref)) || target.previous.provider !== target.provider);
    if (moved) {
      await removeObject(
        context.cluster(target.previous.provider),
        before,
        propagation(object),
        context,
      );
    }
    const known = target.previous !== undefined && target.previous.pending !== true && !moved;
    const applied = await applyObject(object, { known, cluster, target, context });
    const live = await untilReady(applied.live, cluster, target, context);
    return {
      op: moved ? "replace" : applied.op,
      id: idOf(ref),
      memo: { ref },
      outputs: withoutBookkeeping(live),
      secretOutputs: object.kind === "Secret" ? ["data", "stringData"] : [],
    };
  },
  remove: async (resource, context) => {
    const ref = resource.memo["ref"] as ObjectRef;
    const cluster = context.cluster(resource.provider);
    // A run that was cut off may not have got as far as making it, and somebody else has.
    if (resource.pending === true && !(await isOursOrGone(ref, cluster))) {
      return;
    }
    await removeObject(cluster, ref, propagation(resource.outputs), context);
  },
  read: async ({ id, inputs, name, provider, type }, context) => {
    const cluster = context.cluster(provider);
    const [objectName, namespace] = id.split("/").toReversed();
    const ref: ObjectRef = {
      ...kindOf(type, inputs),
      name: objectName as string,
      ...(namespace !== undefined && { namespace }),
    };
    const live = await cluster.client.get(ref);
    if (live === undefined) {
      throw new UserError(
        `${name} reads ${describe(ref, cluster)}, which does not exist: create it first`,
      );
    }
    return {
      outputs: withoutBookkeeping(live),
      secretOutputs: ref.kind === "Secret" ? ["data"] : [],
    };
  },
};

interface Application {
  /** The stack made the object earlier, so it may take back what others changed in it. */
  readonly known: boolean;
  readonly cluster: Cluster;
  readonly target: Target;
  readonly context: Context;
}

async function applyObject(
  object: KubeObject,
  { known, cluster, target, context }: Application,
): Promise<{ readonly op: "create" | "update" | "same" | "replace"; readonly live: KubeObject }> {
  const { client } = cluster;
  const ref = refOf(object);
  const patiently = <T>(operation: () => Promise<T>): Promise<T> =>
    retrying(operation, { signal: context.signal, onWait: context.progress });
  const apply = (): Promise<KubeObject> =>
    patiently(() => client.apply(object, { fieldManager: FIELD_MANAGER, force: true }));

  const before = await patiently(() => client.get(ref));
  if (before !== undefined && !known && !isOurs(before) && !cluster.settings.adopt) {
    throw new UserError(
      `${describe(ref, cluster)} exists already and is not this stack's: remove it, or give ${target.name} another name`,
    );
  }
  if (!known) {
    context.claim(idOf(ref), { ref });
  }
  try {
    const live = await apply();
    if (before === undefined) {
      return { op: "create", live };
    }
    return { op: sameContent(before, live) ? "same" : "update", live };
  } catch (error) {
    if (!isImmutable(error)) {
      throw error;
    }
    await removeObject(cluster, ref, propagation(object), context);
    return { op: "replace", live: await apply() };
  }
}

async function toObject(target: Target, cluster: Cluster, context: Context): Promise<KubeObject> {
  const { inputs } = target;
  const metadata = objectOr(inputs["metadata"]);
  const apiVersion = String(inputs["apiVersion"]);
  const kind = String(inputs["kind"]);
  if (typeof metadata["name"] !== "string" || metadata["name"] === "") {
    throw new UserError(
      `${kind} ${target.name} has no metadata.name, and the lab's engine makes none up: set it`,
    );
  }
  const namespaced = await retrying(() => cluster.client.isNamespaced(apiVersion, kind), {
    signal: context.signal,
    onWait: context.progress,
  });
  const object = {
    ...inputs,
    apiVersion,
    kind,
    metadata: {
      ...metadata,
      name: metadata["name"],
      ...(namespaced && { namespace: textOf(metadata["namespace"]) ?? cluster.settings.namespace }),
    },
  };
  return kind === "Secret" && apiVersion === "v1" ? withEncodedData(object) : object;
}

/** The API never shows `stringData` again, so server-side apply could not take its keys back. */
function withEncodedData(secret: KubeObject): KubeObject {
  const { stringData, ...rest } = secret;
  const encoded = Object.fromEntries(
    Object.entries(objectOr(stringData)).map(([key, text]) => [
      key,
      Buffer.from(String(text), "utf8").toString("base64"),
    ]),
  );
  return { ...rest, data: { ...objectOr(rest["data"]), ...encoded } };
}

async function untilReady(
  applied: KubeObject,
  cluster: Cluster,
  target: Target,
  context: Context,
): Promise<KubeObject> {
  const ref = refOf(applied);
  const annotated = Number(applied.metadata.annotations?.["pulumi.com/timeoutSeconds"]);
  const seconds = target.timeoutSeconds ?? (annotated || DEFAULT_TIMEOUT_S);
  const deadline = Date.now() + seconds * 1000;
  let live = applied;
  for (let delay = 100; ; delay = Math.min(delay * 2, LONGEST_POLL_MS)) {
    const state = readiness(live);
    if (state.ready) {
      return live;
    }
    if (state.failed === true || Date.now() > deadline) {
      const pods = await troubles(live, cluster);
      throw new UserError(
        `${describe(ref, cluster)} waited for ${state.waitingFor}${state.failed === true ? "" : ` for ${seconds} s`}${pods}: see kubectl describe`,
      );
    }
    context.progress(`waiting for ${state.waitingFor}`);
    await sleep(delay, undefined, { signal: context.signal });
    live = (await cluster.client.get(ref)) ?? live;
  }
}

/** ` (istiod-7d: ImagePullBackOff)` for a workload whose pods don't run, else nothing. */
async function troubles(workload: KubeObject, { client }: Cluster): Promise<string> {
  const labels = objectOr(objectOr(objectOr(workload["spec"])["selector"])["matchLabels"]);
  const { namespace } = workload.metadata;
  if (Object.keys(labels).length === 0 || namespace === undefined) {
    return "";
  }
  const pods = await troubledPods(client, namespace, labels as Record<string, string>);
  return pods.length === 0 ? "" : ` (${pods.join(", ")})`;
}

const DELETE_TIMEOUT_MS = 600_000;

/** Deletes an object and waits until it is gone. */
async function removeObject(
  cluster: Cluster,
  ref: ObjectRef,
  policy: Propagation,
  context: Context,
): Promise<void> {
  const { client } = cluster;
  try {
    if (!(await client.delete(ref, policy))) {
      return;
    }
    const deadline = Date.now() + DELETE_TIMEOUT_MS;
    const uid = (await client.get(ref))?.metadata.uid;
    for (let delay = 50; ; delay = Math.min(delay * 2, LONGEST_POLL_MS)) {
      const live = await client.get(ref);
      if (live === undefined || live.metadata.uid !== uid) {
        return;
      }
      if (Date.now() > deadline) {
        const finalizers = live.metadata["finalizers"];
        const holding = Array.isArray(finalizers) ? ` (finalizers: ${finalizers.join(", ")})` : "";
        throw new UserError(
          `${describe(ref, cluster)} is still there ten minutes after its deletion${holding}: see kubectl describe`,
        );
      }
      context.progress("waiting for its end");
      await sleep(delay, undefined, { signal: context.signal });
    }
  } catch (error) {
    // A kind that is gone took its objects along.
    if (!(error instanceof KubeError && error.reason === "NoMatch")) {
      throw error;
    }
  }
}

/** `pulumi.com/deletionPropagationPolicy`, in lower case there. */
function propagation(object: Readonly<Record<string, unknown>>): Propagation {
  const annotations = objectOr(objectOr(object["metadata"])["annotations"]);
  switch (annotations["pulumi.com/deletionPropagationPolicy"]) {
    case "foreground":
      return "Foreground";
    case "orphan":
      return "Orphan";
    default:
      return "Background";
  }
}

/** `kubernetes:core/v1:Service` ⇒ Service of v1; a custom resource says it itself. */
function kindOf(
  type: string,
  inputs: Readonly<Record<string, unknown>>,
): Pick<ObjectRef, "apiVersion" | "kind"> {
  const [, group, kind] = type.split(":") as [string, string, string];
  return {
    apiVersion: textOf(inputs["apiVersion"]) ?? group.replace(/^core\//, ""),
    kind: textOf(inputs["kind"]) ?? kind,
  };
}

export function refOf(object: KubeObject): ObjectRef {
  const { name, namespace } = object.metadata;
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name,
    ...(namespace !== undefined && { namespace }),
  };
}

/** Another version of the same API group is the same object. */
const identity = ({ apiVersion, ...rest }: ObjectRef): object => ({
  ...rest,
  group: apiVersion.includes("/") ? apiVersion.split("/")[0] : "",
});

/** `<namespace>/<name>`, as Pulumi's provider has it. */
const idOf = ({ namespace, name }: ObjectRef): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

/** `Secret istio-system/cacerts on ncloud` */
export const describe = (ref: ObjectRef, cluster: Cluster): string =>
  `${ref.kind} ${idOf(ref)} on ${cluster.name}`;

const isOurs = (object: KubeObject): boolean =>
  (object.metadata.managedFields ?? []).some(({ manager }) => manager === FIELD_MANAGER);

async function isOursOrGone(ref: ObjectRef, { client }: Cluster): Promise<boolean> {
  const live = await client.get(ref).catch((error: unknown) => {
    if (error instanceof KubeError && error.reason === "NoMatch") {
      return undefined;
    }
    throw error;
  });
  return live === undefined || isOurs(live);
}

const isImmutable = (error: unknown): boolean =>
  error instanceof KubeError &&
  error.status === 422 &&
  /immutable|may not change once set|updates to .* are forbidden|cannot change/i.test(
    error.message,
  );

/** Whether two states of an object differ in nothing but what the API server counts. */
const sameContent = (before: KubeObject, after: KubeObject): boolean =>
  sameJson(content(before), content(after));

function content(object: KubeObject): object {
  const counted = ["managedFields", "resourceVersion", "generation"];
  return { ...object, status: undefined, metadata: without(object.metadata, counted) };
}

export const withoutBookkeeping = (object: KubeObject): Readonly<Record<string, unknown>> => ({
  ...object,
  metadata: without(object.metadata, ["managedFields"]),
});
