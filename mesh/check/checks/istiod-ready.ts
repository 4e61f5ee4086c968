import { count, enumerate } from "../../preflight/text";
import { clusterCheck, ok, type Verdict, type World } from "../check";
import type { Pod, Workload } from "../facts";
import { podsOf, troubleOf } from "../workloads";

/** A restart longer ago than this has been seen, or has no consequences any more. */
const RECENT_HOURS = 1;
const HOUR_MS = 3_600_000;

export const istiodReady = clusterCheck({
  name: "istiod-ready",
  column: "istiod",
  severity: "error",
  what: "Whether istiod runs, all of its replicas, without restarts in the last hour",
  why: "Proxies go on with what they have, but get no new endpoints and, within a day, no new certificates; new pods of the mesh don't start.",
  fix: "kubectl -n istio-system describe pod -l app=istiod and kubectl -n istio-system logs deployment/istiod say more.",
  link: "https://istio.io/latest/docs/ops/diagnostic-tools/",
  needs: ["istiods", "pods"],
  judge: ({ istiods, pods }, _self, { now }) => judgeIstiods(istiods, pods, { now }),
});

export function judgeIstiods(
  istiods: readonly Workload[],
  pods: readonly Pod[],
  { now }: Pick<World, "now">,
): Verdict[] {
  if (istiods.length === 0) {
    return [
      {
        severity: "error",
        what: "There is no istiod.",
        fix: "npm run mesh -- up deploys it.",
      },
    ];
  }
  return istiods.flatMap((istiod) => [
    judgeAvailability(istiod, pods),
    ...restarts(istiod, pods, now),
  ]);
}

function judgeAvailability(istiod: Workload, pods: readonly Pod[]): Verdict {
  const { name, wanted, available } = istiod;
  if (wanted === 0) {
    return {
      severity: "error",
      what: `${name} is scaled to 0.`,
      fix: `kubectl -n istio-system scale deployment ${name} --replicas=1`,
    };
  }
  if (available >= wanted) {
    return ok(`${name} runs (${available} of ${wanted}).`);
  }
  const troubles = podsOf(istiod, pods).flatMap(troubleOf);
  const reason = troubles.length > 0 ? `: ${enumerate(troubles)}` : "";
  return {
    severity: available === 0 ? "error" : "warning",
    what: `${available} of ${count(wanted, "replica")} of ${name} ${available === 1 ? "is" : "are"} ready${reason}.`,
  };
}

function restarts(istiod: Workload, pods: readonly Pod[], now: Date): Verdict[] {
  const recent = podsOf(istiod, pods).flatMap(({ name, containers }) =>
    containers
      .filter(
        ({ lastEnd }) =>
          lastEnd !== undefined && now.getTime() - lastEnd.at.getTime() < RECENT_HOURS * HOUR_MS,
      )
      .map(({ restarts: times, lastEnd }) => ({ name, times, end: lastEnd })),
  );
  return recent.map(({ name, times, end }) => ({
    severity: "warning",
    what: `${name} was restarted ${times === 1 ? "once" : `${times} times`}, last at ${end?.at.toISOString()}: ${end?.reason}.`,
    why: "Every restart interrupts the configuration of its proxies.",
    fix: `kubectl -n istio-system logs ${name} --previous shows its end.`,
  }));
}
