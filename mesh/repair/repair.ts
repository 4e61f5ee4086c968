import type { Stack } from "@pulumi/pulumi/automation";
import type { Texts } from "../../config/decode";
import { UserError } from "../../config/errors";
import { objectOr } from "../../config/json";
import { clientFromText, type KubeClient } from "../../kube/client";
import { settled } from "./deployment";
import { idOf, pendingOperations, type PendingOperation, type PendingTarget } from "./pending";
import { forgetReleaseRecords } from "./release-records";

/**
 * Clears up after a run that was killed, so that the next one goes on from there.
 *
 * The engine keeps what it had begun as pending operations, warns of them for ever, and creates the
 * same things again, which the API server and Helm refuse. What is there by now is taken into the
 * state, what isn't is forgotten.
 *
 * @returns whether there was anything to clear up
 * @throws UserError naming the cluster that can't be asked
 */
export async function repairStack(
  stack: Stack,
  kubeconfigs: Texts,
  report: (line: string) => void,
): Promise<boolean> {
  const state = await stack.exportStack();
  const pending = pendingOperations(state.deployment as unknown);
  if (pending.length === 0) {
    return false;
  }
  report(`clearing up after a run that was killed: ${pending.length} operations`);
  const made = new Map<string, string>();
  for (const operation of pending) {
    const client = await clientOf(operation, kubeconfigs);
    if (client !== undefined && (await isThere(operation, client))) {
      made.set(operation.urn, idOf(operation.target as PendingTarget));
    }
  }
  await stack.importStack({
    ...state,
    deployment: settled(objectOr(state.deployment as unknown), made),
  });
  if (made.size > 0) {
    await stack.refresh({ target: [...made.keys()] });
  }
  return true;
}

/** Whether an object was made whose creation the state doesn't know to have ended. */
async function isThere(operation: PendingOperation, client: KubeClient): Promise<boolean> {
  const { kind, isKnown, cluster, target } = operation;
  const isNew = kind === "creating" && !isKnown;
  if (target === undefined) {
    return false;
  }
  try {
    if (target.kind === "release") {
      await forgetReleaseRecords(client, target, isNew);
      return false;
    }
    return isNew && (await exists(client, target));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `A killed run can't be cleared up after, since ${cluster} doesn't answer (${reason.split("\n")[0]}): run this again when it does`,
    );
  }
}

async function exists(
  { objects }: KubeClient,
  target: Extract<PendingTarget, { kind: "object" }>,
): Promise<boolean> {
  const { apiVersion, objectKind, name, namespace } = target;
  try {
    await objects.read({
      apiVersion,
      kind: objectKind,
      metadata: { name, ...(namespace && { namespace }) },
    });
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === 404 || /Unrecognized API/.test(String(error))) {
      return false;
    }
    throw error;
  }
}

function clientOf(
  { cluster }: PendingOperation,
  kubeconfigs: Texts,
): Promise<KubeClient> | undefined {
  const kubeconfig = cluster === undefined ? undefined : kubeconfigs[cluster];
  return kubeconfig === undefined ? undefined : clientFromText(kubeconfig);
}
