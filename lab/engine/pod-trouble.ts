import { isObject, objectOr, textOf } from "../../config/json";
import type { KubeClient, KubeObject } from "./kube-client";

/** What every pod goes through on its way to running. */
const USUAL = ["ContainerCreating", "PodInitializing"];

/**
 * What keeps pods from running, e.g. `istiod-7d: ImagePullBackOff`, one entry per pod.
 *
 * @param labels of the pods to look at; all of the namespace without any
 */
export async function troubledPods(
  client: KubeClient,
  namespace: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const pods = await client.list({ apiVersion: "v1", kind: "Pod", namespace }, labels);
  return pods.flatMap((pod) => {
    const reason = troubleOf(pod);
    return reason === undefined ? [] : [`${pod.metadata.name}: ${reason}`];
  });
}

function troubleOf(pod: KubeObject): string | undefined {
  const status = objectOr(pod["status"]);
  const unscheduled = entries(status["conditions"]).find(
    ({ type, status: value }) => type === "PodScheduled" && value === "False",
  );
  const waiting = [
    ...entries(status["initContainerStatuses"]),
    ...entries(status["containerStatuses"]),
  ].map(({ state }) => textOf(objectOr(objectOr(state)["waiting"])["reason"]));
  return (
    textOf(unscheduled?.["reason"]) ??
    waiting.find((reason) => reason !== undefined && !USUAL.includes(reason))
  );
}

const entries = (list: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(list) ? list.filter(isObject) : [];
