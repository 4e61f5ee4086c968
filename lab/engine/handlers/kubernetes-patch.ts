import { UserError } from "../../../config/errors";
import type { Cluster } from "../cluster";
import { digest, objectOr, sameJson, textOf, without } from "../../../config/json";
import { KubeError, type KubeObject, type ObjectRef } from "../kube-client";
import { retrying } from "../retry";
import { describe, refOf, withoutBookkeeping } from "./kubernetes-object";
import type { Context, Handler, Target } from "./handler";

/** What the state keeps of a patch. */
interface PatchMemo {
  readonly ref: ObjectRef;
  readonly fieldManager: string;
}

const OPTION_ANNOTATIONS = ["pulumi.com/patchForce", "pulumi.com/patchFieldManager"];

/**
 * `kubernetes:<group>/<version>:<Kind>Patch`: some fields of an object that others own.
 *
 * Each patch is a field manager of its own; removing it gives its fields up and leaves the object.
 */
export const kubernetesPatch: Handler = {
  up: async (target, context) => {
    const cluster = context.cluster(target.provider);
    const { object, memo, force } = toPatch(target, cluster);
    const before = target.previous?.memo as PatchMemo | undefined;
    const moved =
      before !== undefined &&
      (!sameJson(before, memo) || target.previous?.provider !== target.provider);
    if (moved) {
      await giveUp(before, context.cluster(target.previous?.provider));
    }
    const live = await liveObject(memo.ref, cluster, context);
    if (live === undefined) {
      throw new UserError(
        `${describe(memo.ref, cluster)} does not exist, so ${target.name} has nothing to patch: create it first`,
      );
    }
    if (before === undefined || moved) {
      context.claim(idOf(memo), { ...memo });
    }
    const patched = await patch(object, memo, force, cluster);
    const changed = patched.metadata.resourceVersion !== live.metadata.resourceVersion;
    return {
      op: moved
        ? "replace"
        : target.previous === undefined
          ? "create"
          : changed
            ? "update"
            : "same",
      id: idOf(memo),
      memo: { ...memo },
      outputs: withoutBookkeeping(patched),
      secretOutputs: memo.ref.kind === "Secret" ? ["data", "stringData"] : [],
    };
  },
  remove: (resource, context) =>
    giveUp(resource.memo as unknown as PatchMemo, context.cluster(resource.provider)),
};

function toPatch(
  target: Target,
  cluster: Cluster,
): { readonly object: KubeObject; readonly memo: PatchMemo; readonly force: boolean } {
  const metadata = objectOr(target.inputs["metadata"]);
  if (typeof metadata["name"] !== "string" || metadata["name"] === "") {
    throw new UserError(`${target.name} has no metadata.name: name the object that it patches`);
  }
  const annotations = Object.entries(objectOr(metadata["annotations"]));
  const option = (name: string): unknown => annotations.find(([key]) => key === name)?.[1];
  const kept = annotations.filter(([key]) => !OPTION_ANNOTATIONS.includes(key));
  const object = {
    ...target.inputs,
    apiVersion: String(target.inputs["apiVersion"]),
    kind: String(target.inputs["kind"]),
    metadata: {
      ...without(metadata, ["annotations"]),
      name: metadata["name"],
      ...(kept.length > 0 && { annotations: Object.fromEntries(kept) as Record<string, string> }),
    },
  };
  return {
    object,
    memo: {
      ref: refOf(object),
      fieldManager:
        textOf(option("pulumi.com/patchFieldManager")) ??
        `pulumi-lab-patch-${digest(target.urn).slice(0, 8)}`,
    },
    force: option("pulumi.com/patchForce") === "true" || cluster.settings.forcePatches,
  };
}

const liveObject = (
  ref: ObjectRef,
  cluster: Cluster,
  context: Context,
): Promise<KubeObject | undefined> =>
  retrying(() => cluster.client.get(ref), { signal: context.signal, onWait: context.progress });

async function patch(
  object: KubeObject,
  { ref, fieldManager }: PatchMemo,
  force: boolean,
  cluster: Cluster,
): Promise<KubeObject> {
  try {
    return await cluster.client.apply(object, { fieldManager, force });
  } catch (error) {
    if (error instanceof KubeError && error.status === 409) {
      throw new UserError(
        `${describe(ref, cluster)} has fields of others that the patch would change (${error.message}): change other fields, or annotate the patch with pulumi.com/patchForce: "true"`,
      );
    }
    throw error;
  }
}

/** Applies nothing in the patch's name: what only it managed goes, the rest stays. */
async function giveUp({ ref, fieldManager }: PatchMemo, cluster: Cluster): Promise<void> {
  if ((await cluster.client.get(ref)) === undefined) {
    return;
  }
  const { apiVersion, kind, ...metadata } = ref;
  await cluster.client.apply({ apiVersion, kind, metadata }, { fieldManager, force: true });
}

const idOf = ({ ref }: PatchMemo): string =>
  ref.namespace === undefined ? ref.name : `${ref.namespace}/${ref.name}`;
