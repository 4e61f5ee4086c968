import type { V1Pod } from "@kubernetes/client-node";
import type { TheaterConfig, TheaterRoute } from "../../config/model";
import type { Answer } from "../scenario/answer";
import { about } from "../scenario/scenarios";

/** What came of one line of the list. */
export interface Seen {
  readonly ok: boolean;
  /** A few words, or what is wrong. */
  readonly what: string;
}

export interface ClusterPods {
  readonly cluster: string;
  readonly pods: readonly V1Pod[];
}

const PROXY = "istio-proxy";

/** Whether every pod is in the mesh, and ready. */
export function judgeProxies(seen: readonly ClusterPods[]): Seen {
  const pods = seen.flatMap(({ cluster, pods: own }) => own.map((pod) => ({ cluster, pod })));
  const nameOf = ({ cluster, pod }: (typeof pods)[number]): string =>
    `${pod.metadata?.name ?? "?"} in ${cluster}`;
  const bare = pods.filter(({ pod: { spec } }) =>
    [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].every(
      ({ name }) => name !== PROXY,
    ),
  );
  const unready = pods.filter(
    ({ pod: { status } }) =>
      !status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True"),
  );
  if (pods.length === 0) {
    return { ok: false, what: "there is no pod" };
  }
  return bare.length > 0
    ? { ok: false, what: `without proxy: ${bare.map(nameOf).join(", ")}` }
    : unready.length > 0
      ? { ok: false, what: `not ready: ${unready.map(nameOf).join(", ")}` }
      : {
          ok: true,
          what: seen.map(({ cluster, pods: own }) => `${own.length} in ${cluster}`).join(", "),
        };
}

/** Whether each cluster runs the services that are placed there, and no others. */
export function judgePlacement(
  seen: readonly (ClusterPods & { readonly theater: Pick<TheaterConfig, "services" | "redis"> })[],
): Seen {
  const wrong = seen.flatMap(({ cluster, pods, theater }) => {
    const wanted = [
      ...theater.services.map(({ name }) => name as string),
      ...(theater.redis === undefined ? [] : ["redis"]),
    ];
    const running = new Set(pods.map(({ metadata }) => metadata?.labels?.["app"] ?? "?"));
    return [
      ...wanted.filter((name) => !running.has(name)).map((name) => `no ${name} in ${cluster}`),
      ...[...running]
        .filter((name) => !wanted.includes(name))
        .map((name) => `${name} in ${cluster}`),
    ];
  });
  return wrong.length > 0
    ? { ok: false, what: wrong.join(", ") }
    : { ok: true, what: "as configured" };
}

/** Whether every request was answered, and the clusters' parts fit the weights. */
export function judgeShares(
  { weights }: Pick<TheaterRoute, "weights">,
  answers: readonly Answer[],
): Seen {
  const failed = answers.filter(({ status }) => status !== 200);
  const wrong =
    failed.length > 0
      ? `${failed.length} of ${answers.length} were not answered by 200`
      : weights
          .map(({ cluster, weight }) =>
            about(answers, (each) => each.cluster === cluster, weight, `came from ${cluster}`),
          )
          .find((problem) => problem !== undefined);
  const parts = weights.map(({ cluster, weight }) => {
    const count = answers.filter((each) => each.cluster === cluster).length;
    return `${cluster} ${count} (${weight} %)`;
  });
  return wrong === undefined
    ? { ok: true, what: `of ${answers.length}: ${parts.join(", ")}` }
    : { ok: false, what: wrong };
}

/** Whether all of the marked requests came from the canary. */
export function judgeCanary(canary: string, answers: readonly Answer[]): Seen {
  const others = answers.filter(({ status, cluster }) => status !== 200 || cluster !== canary);
  return others.length === 0
    ? { ok: true, what: `all ${answers.length} from ${canary}` }
    : { ok: false, what: `${others.length} of ${answers.length} not from ${canary}` };
}
