import { ECHO } from "../../components/echo/constants";
import { SYSTEM_NAMESPACE } from "../../components/istio/constants";
import { UserError } from "../../config/errors";
import { clientFor, type KubeClient } from "../../kube/client";
import { findPod } from "../../kube/pod-exec";
import { watchedClusters } from "../../mesh/check/gather/istiod";
import { callEcho } from "../../mesh/check/traffic/send";
import { within } from "../../mesh/check/within";
import { adminKubeconfig } from "../paths";
import type { LabCluster } from "../topology";
import { judge, type Observation, type Verification } from "./verification";

export { renderMatrix } from "./matrix";
export type { Verification } from "./verification";

export interface VerifyOptions {
  /** Requests from each cluster. */
  readonly requests: number;
  /** Seconds in which the mesh may still come together before it counts. */
  readonly waitSeconds: number;
  readonly progress?: (line: string) => void;
}

/** Enough to meet every cluster of a small mesh with near certainty. */
const TRIAL_REQUESTS = 20;
const PAUSE_MILLISECONDS = 500;
/** What istiod takes at most to say whom it watches. */
const ISTIOD_SECONDS = 10;

/**
 * Sends requests to the echo service from its own pod in every cluster, through that pod's sidecar,
 * and judges who answered. A short trial is repeated until it passes, then counts the real run.
 */
export async function verify(
  clusters: readonly LabCluster[],
  { requests, waitSeconds, progress = () => undefined }: VerifyOptions,
): Promise<Verification> {
  const clients = await Promise.all(
    clusters.map(async ({ name }) => ({
      name,
      client: await clientFor(adminKubeconfig(name)),
    })),
  );
  const observe = (count: number): Promise<Verification> =>
    Promise.all(clients.map(({ name, client }) => observeFrom(name, client, count))).then(judge);

  const deadline = Date.now() + waitSeconds * 1000;
  for (;;) {
    const trial = await attempt(() => observe(TRIAL_REQUESTS));
    if (trial instanceof Error || !trial.ok) {
      const reason = trial instanceof Error ? trial.message : trial.problems[0];
      progress(`waiting: ${reason}`);
      if (Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
        continue;
      }
      if (trial instanceof Error) {
        throw new UserError(`The mesh can't be verified: ${reason}`);
      }
    }
    break;
  }
  progress(`${requests} requests from each cluster`);
  return observe(requests);
}

async function observeFrom(
  cluster: string,
  client: KubeClient,
  requests: number,
): Promise<Observation> {
  const [answers, peers] = await Promise.all([
    readyPod(cluster, client, ECHO.namespace, `app=${ECHO.name}`).then((pod) =>
      callEcho(client, pod, requests),
    ),
    readyPod(cluster, client, SYSTEM_NAMESPACE, "app=istiod").then((pod) =>
      within(ISTIOD_SECONDS, new AbortController().signal, (signal) =>
        watchedClusters(client, pod, signal),
      ),
    ),
  ]);
  return { cluster, answers, peers };
}

async function readyPod(
  cluster: string,
  client: KubeClient,
  namespace: string,
  selector: string,
): Promise<string> {
  const pod = (await findPod(client, namespace, selector))?.metadata?.name;
  if (pod === undefined) {
    throw new UserError(`${cluster} has no ready pod ${selector} in ${namespace}.`);
  }
  return pod;
}

const attempt = <T>(work: () => Promise<T>): Promise<T | Error> =>
  work().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
