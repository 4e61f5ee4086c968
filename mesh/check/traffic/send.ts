import { ECHO } from "../../../components/echo/constants";
import type { KubeClient } from "../../../kube/client";
import { execInPod, type ExecOptions } from "../../../kube/pod-exec";
import type { EchoAnswer } from "./answer";

const URL = `http://${ECHO.name}.${ECHO.namespace}:${ECHO.port}/`;

const REQUESTS_PER_CLUSTER = 20;

/** Enough to meet every cluster of a mesh: each is missed once in half a billion times. */
export const enoughRequests = (clusters: number): number => REQUESTS_PER_CLUSTER * clusters;

/**
 * Calls the echo service, one request after the other, from an echo pod and through its sidecar.
 *
 * @param pod a ready pod of the echo service
 * @returns an answer per request; one more, without status, for the request that `signal` cut short
 */
export async function callEcho(
  client: KubeClient,
  pod: string,
  requests: number,
  { signal }: Pick<ExecOptions, "signal"> = {},
): Promise<EchoAnswer[]> {
  const start = performance.now();
  let output = "";
  try {
    await execInPod(
      client,
      { namespace: ECHO.namespace, pod, container: ECHO.name },
      ["/usr/local/bin/node", "/app/client.js", URL, String(requests)],
      { ...(signal && { signal }), onOutput: (text) => (output += text) },
    );
  } catch (error) {
    if (signal?.aborted !== true) {
      throw error;
    }
    const milliseconds = performance.now() - start;
    return [...answersIn(output), { status: 0, milliseconds, error: "no answer in time" }];
  }
  return answersIn(output);
}

/** Whole lines only: the last may have been cut short. */
const answersIn = (output: string): EchoAnswer[] =>
  output
    .split("\n")
    .slice(0, -1)
    .filter(Boolean)
    .map((line) => JSON.parse(line) as EchoAnswer);
