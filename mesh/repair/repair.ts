import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Stack } from "@pulumi/pulumi/automation";
import type { Texts } from "../../config/decode";
import { UserError } from "../../config/errors";
import { clientFromText, type KubeClient } from "../../kube/client";
import type { Project } from "../project";
import { idOf, pendingOperations, type PendingOperation } from "./pending";
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
  project: Project,
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
  const imports: string[] = [];
  for (const operation of pending) {
    const client = await clientOf(operation, kubeconfigs);
    if (client !== undefined) {
      imports.push(...(await settle(operation, client)));
    }
  }
  await refresh(project, stack, imports);
  return true;
}

/** @returns URN and ID of what the state is to take in */
async function settle(operation: PendingOperation, client: KubeClient): Promise<string[]> {
  const { kind, urn, isKnown, cluster, target } = operation;
  if (target === undefined) {
    return [];
  }
  try {
    if (target.kind === "release") {
      await forgetReleaseRecords(client, target, kind === "creating" && !isKnown);
      return [];
    }
    const isNew = kind === "creating" && !isKnown;
    return isNew && (await exists(client, target)) ? [urn, idOf(target)] : [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `A killed run can't be cleared up after, since ${cluster} doesn't answer (${reason.split("\n")[0]}): run this again when it does`,
    );
  }
}

async function exists(
  { objects }: KubeClient,
  target: Extract<PendingOperation["target"], { kind: "object" }>,
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

/** The Automation API has no option for the imports. */
async function refresh(
  { dir, env }: Project,
  { name }: Stack,
  imports: readonly string[],
): Promise<void> {
  const options = ["--stack", name, "--yes", "--skip-preview", "--clear-pending-creates"];
  await promisify(execFile)(
    "pulumi",
    ["refresh", ...options, ...imports.map((part) => `--import-pending-creates=${part}`)],
    { cwd: dir, env: { ...process.env, ...env } },
  );
}
