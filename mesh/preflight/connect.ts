import { setMaxListeners } from "node:events";
import { clientFromText } from "../../kube/client";
import { asker, type ApiAnswer, type Ask } from "../../kube/request";
import type { LiveView, View } from "./check";
import { ClusterApi, NoAnswer } from "./cluster-api";

/** Longer than this no cluster is waited for. */
export const TIMEOUT_SECONDS = 10;

/**
 * Makes the API of each view; views with the same kubeconfig share one, and are asked once.
 *
 * Each cluster has {@link TIMEOUT_SECONDS} for everything, the plug-in that logs in included.
 */
export function connect(views: readonly View[], signal: AbortSignal): LiveView[] {
  const apis = new Map<string, ClusterApi>();
  return views.map((view) => {
    const api = apis.get(view.text) ?? new ClusterApi(askLater(view.text, signal));
    apis.set(view.text, api);
    return { ...view, api };
  });
}

/** Those that answer and let us in. What the others met with is `api.failure`. */
export async function alive(views: readonly LiveView[]): Promise<LiveView[]> {
  const answers = await Promise.all(
    views.map((view) =>
      view.api.answer(KUBE_SYSTEM).then(
        () => true,
        (error: unknown) => !(error instanceof NoAnswer),
      ),
    ),
  );
  return views.filter((_, index) => answers[index]);
}

/** What every cluster has, and nobody who may deploy a mesh is kept from. */
export const KUBE_SYSTEM = "/api/v1/namespaces/kube-system";

function askLater(text: string, signal: AbortSignal): Ask {
  const timeout = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
  const end = AbortSignal.any([signal, timeout]);
  setMaxListeners(0, end);
  const made = endWith(
    end,
    clientFromText(text).then((client) => asker(client, end)),
  );
  made.catch(() => undefined);
  return async (request) => {
    let answer: ApiAnswer;
    try {
      answer = await (await made)(request);
    } catch (error) {
      throw timeout.aborted ? new TimedOut(`no answer within ${TIMEOUT_SECONDS} s`) : error;
    }
    if (answer.status === 401) {
      throw new Unauthorised("the answer was 401 Unauthorized");
    }
    return answer;
  };
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
