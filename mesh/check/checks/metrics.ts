import type { Metrics } from "../../metrics/read-metrics";
import { count, enumerate } from "../../preflight/text";
import { clusterCheck, ok, type Verdict } from "../check";

/** One sentence names no more of them. */
const MOST_NAMED = 3;

export const metrics = clusterCheck({
  name: "metrics",
  column: "istiod",
  severity: "warning",
  what: "Whether Prometheus gets the metrics that it asks for, and what it warns of, where observability is configured",
  why: "What nobody counts nobody warns of.",
  fix: "kubectl -n observability get pods, and describe the one that isn't ready; the page Targets of Prometheus says what each target answered.",
  link: "https://istio.io/latest/docs/ops/integrations/prometheus/",
  follows: ["istiod-ready"],
  needs: ["metrics"],
  judge: (facts, { config }) => judgeMetrics(facts.metrics, config.observability !== undefined),
});

export function judgeMetrics(found: Metrics | undefined, isConfigured: boolean): Verdict[] {
  if (!isConfigured) {
    return [];
  }
  if (found?.pod === undefined) {
    return [
      {
        severity: "warning",
        what: found === undefined ? "Prometheus has no pod." : "Prometheus has no ready pod.",
      },
    ];
  }
  const { targets, alerts } = found;
  const down = targets.filter(({ trouble }) => trouble !== undefined);
  const named = down.map(({ job, instance, trouble }) => `${job} ${instance} (${trouble})`);
  return [
    down.length === 0
      ? ok(`All ${count(targets.length, "target")} of Prometheus give metrics.`)
      : {
          severity: "warning",
          what: `${down.length} of ${count(targets.length, "target")} of Prometheus give no metrics: ${enumerate(named, MOST_NAMED)}.`,
        },
    ...alerts
      .filter(({ state }) => state === "firing")
      .map(({ name, summary }): Verdict => ({
        severity: "warning",
        what: `The alert ${name} fires: ${summary}.`,
        fix: "Its annotation fix, in Prometheus and in docs/observability.md, says what to do.",
      })),
  ];
}
