import { rmSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Clusters } from "./cluster";
import { Deployment, StoppedError } from "./deployment";
import { lockStack } from "./lock";
import { Monitor } from "./monitor";
import { isForPeople, messageOf, runProgram } from "./program";
import { NO_CHANGES, type RunEvent, type RunRequest, type Summary } from "./protocol";
import { StateStore, stateFile } from "./state";

/** The CLI's file backend has this one organization too. */
const ORGANIZATION = "organization";

/**
 * One run of one stack, in this process, which can do only one: the SDK keeps its monitor and its
 * configuration in global variables.
 *
 * @param signal lets nothing new begin and cuts off what waits
 */
export async function run(
  request: RunRequest,
  onEvent: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const started = Date.now();
  const counts: Record<keyof Summary, number> = { ...NO_CHANGES };
  const reported = new Set<unknown>();
  let succeeded = true;
  const emit = (event: RunEvent): void => {
    if (event.type === "resource") {
      counts[event.op]++;
    }
    onEvent(event);
  };
  const fail = (error: unknown): void => {
    succeeded = false;
    // One error may come out of many promises; an interruption is said once, by whoever interrupts.
    if (!reported.has(error) && !(error instanceof StoppedError) && !signal.aborted) {
      reported.add(error);
      emit({
        type: "diagnostic",
        severity: "error",
        message: messageOf(error),
        ...(!isForPeople(error) && error instanceof Error && { detail: error.stack ?? "" }),
      });
    }
  };
  try {
    await runLocked(request, { emit, fail, signal });
  } catch (error) {
    fail(error);
  }
  if (signal.aborted) {
    succeeded = false;
    emit({
      type: "diagnostic",
      severity: "error",
      message: `stack ${request.stack} was interrupted: run it again to go on`,
    });
  } else if (pulumi.log.hasErrors()) {
    succeeded = false;
  }
  emit({ type: "summary", succeeded, counts, ms: Date.now() - started });
  return succeeded;
}

interface Reporting {
  readonly emit: (event: RunEvent) => void;
  readonly fail: (error: unknown) => void;
  readonly signal: AbortSignal;
}

async function runLocked(request: RunRequest, { emit, fail, signal }: Reporting): Promise<void> {
  const { project, stack, stateDir, operation } = request;
  const unlock = lockStack(stateFile(stateDir, stack), stack);
  const scratchDir = join(stateDir, `.${stack}.scratch`);
  // An interrupted run may have left kubeconfigs in it.
  rmSync(scratchDir, { recursive: true, force: true });
  const clusters = new Clusters(scratchDir, signal);
  try {
    const state = StateStore.open(stateDir, project, stack);
    const deployment = new Deployment({
      project,
      stateDir,
      state,
      clusters,
      scratchDir,
      helm: request.helm ?? "helm",
      signal,
      emit,
      isPreview: operation === "preview",
    });
    if (operation === "destroy") {
      const errors = await deployment.destroy();
      errors.forEach((message) => emit({ type: "diagnostic", severity: "error", message }));
      if (errors.length > 0) {
        throw new StoppedError();
      }
      state.discard();
    } else if (await deploy(request, deployment, { emit, fail, signal })) {
      const errors = await deployment.prune();
      errors.forEach((message) => emit({ type: "diagnostic", severity: "error", message }));
      if (errors.length > 0) {
        throw new StoppedError();
      }
    }
  } finally {
    clusters.close();
    rmSync(scratchDir, { recursive: true, force: true });
    unlock();
  }
}

/** Runs the program. @returns whether it came to its end without an error */
async function deploy(
  request: RunRequest,
  deployment: Deployment,
  { fail, signal }: Reporting,
): Promise<boolean> {
  let failed = false;
  const failOnce = (error: unknown): void => {
    failed = true;
    fail(error);
    deployment.stop();
  };
  const monitor = new Monitor(
    { organization: ORGANIZATION, project: request.project, stack: request.stack },
    deployment,
    failOnce,
  );
  monitor.install(request.operation === "preview");
  signal.addEventListener("abort", () => deployment.stop());
  process.on("unhandledRejection", failOnce);
  process.on("uncaughtException", failOnce);
  // With nothing left to wait for, a promise of the program can never settle.
  process.once("beforeExit", () =>
    failOnce(new Error("the program never ended: it waits for a promise that nothing settles")),
  );
  // After a failure what depends on it waits for ever, so the program doesn't end by itself.
  await Promise.race([runProgram(request.projectDir, request).catch(failOnce), deployment.idle()]);
  await nextTurn();
  return !failed && !signal.aborted;
}

/** Rejections that nobody handled are told about at the end of the turn in which they happened. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
