import { setMaxListeners } from "node:events";
import { clientFromText } from "../../kube/client";
import { asker, type ApiAnswer, type Ask } from "../../kube/request";
import type { LiveView, View } from "./check";
import { ClusterApi } from "./cluster-api";

/**
 * Makes the API of each view; views with the same kubeconfig share one, and are asked once.
 *
 * @param timeoutSeconds how long each cluster has for everything, the plug-in that logs in included
 */
export function connect(
  views: readonly View[],
  timeoutSeconds: number,
  signal: AbortSignal,
): LiveView[] {
  const apis = new Map<string, ClusterApi>();
  return views.map((view) => {
    const api = apis.get(view.text) ?? new ClusterApi(askLater(view.text, timeoutSeconds, signal));
    apis.set(view.text, api);
    return { ...view, api };
  });
}

/** What every cluster has, and nobody who may deploy a mesh is kept from. */
export const KUBE_SYSTEM = "/api/v1/namespaces/kube-system";

/** Logs in when first asked: that may run a program, or take as long as an answer. */
function askLater(text: string, timeoutSeconds: number, signal: AbortSignal): Ask {
  let begun: Promise<Begun> | undefined;
  return async (request) => {
    const { timeout, ask } = await (begun ??= begin(text, timeoutSeconds, signal));
    let answer: ApiAnswer;
    try {
      answer = await (await ask)(request);
    } catch (error) {
      throw timeout.aborted ? new TimedOut(`no answer within ${timeoutSeconds} s`) : error;
    }
    if (answer.status === 401) {
      throw new Unauthorised("the answer was 401 Unauthorized");
    }
    return answer;
  };
}

interface Begun {
  readonly timeout: AbortSignal;
  readonly ask: Promise<Ask>;
}

/** The time counts from here on; that of loading what the client is made of is this machine's. */
async function begin(text: string, timeoutSeconds: number, signal: AbortSignal): Promise<Begun> {
  const client = await clientFromText(text);
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  const end = AbortSignal.any([signal, timeout]);
  setMaxListeners(0, end);
  return { timeout, ask: endWith(end, asker(client, end)) };
}

export class TimedOut extends Error {
  override readonly name = "TimedOut";
}

/** The API server is there, but doesn't know who asks. */
export class Unauthorised extends Error {
  override readonly name = "Unauthorised";
}

const endWith = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true }),
    ),
  ]);
