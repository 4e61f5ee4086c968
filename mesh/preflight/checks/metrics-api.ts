import { clusterCheck, ok, type Verdict, type View } from "../check";
import { API_SERVICES, availability, type ApiServiceItem } from "../objects";
import { helmRelease, ownerOf } from "../ownership";

const METRICS = "v1beta1.metrics.k8s.io";

export const metricsApi = clusterCheck({
  name: "metrics-api",
  severity: "error",
  what: "Whether the metrics that the gateways and istiod are scaled by are there, or ours to install, as mesh:metricsServer says",
  why: "Without them the autoscalers of the gateways and of istiod stay at their least.",
  fix: "Set mesh:metricsServer to the one that fits: install, existing, or none for fixed replicas.",
  link: "https://kubernetes.io/docs/tasks/debug/debug-cluster/resource-metrics-pipeline/",
  async gather({ api }): Promise<MetricsFacts | undefined> {
    const found = await api.read<ApiServiceItem>(`${API_SERVICES}/${METRICS}`);
    const condition = found && availability(found);
    const release = found && helmRelease(found.metadata);
    return found === undefined
      ? undefined
      : {
          available: condition?.status === "True",
          message: condition?.message ?? "no reason given",
          ours: release?.namespace === "kube-system" && release.name === "metrics-server",
          owner: ownerOf(found.metadata),
        };
  },
  judge: judgeMetrics,
});

/** The APIService of the metrics. */
export interface MetricsFacts {
  readonly available: boolean;
  readonly message: string;
  /** Whether a Helm release called as ours made it. */
  readonly ours: boolean;
  readonly owner: string;
}

type MetricsView = {
  readonly config: { readonly platform: Pick<View["config"]["platform"], "metrics"> };
};

export function judgeMetrics(facts: MetricsFacts | undefined, { config }: MetricsView): Verdict[] {
  const { metrics } = config.platform;
  if (metrics === "none") {
    return [ok("Nothing is autoscaled: no metrics are needed.")];
  }
  if (metrics === "install" && (facts === undefined || facts.ours)) {
    return [
      ok(facts === undefined ? "metrics-server is to be installed." : "metrics-server is ours."),
    ];
  }
  if (metrics === "install" && facts !== undefined) {
    return [
      {
        severity: "error",
        what: `mesh:metricsServer is install, and the metrics API is there already, made by ${facts.owner}.`,
        why: "Helm takes over no object of another owner: the release fails.",
      },
    ];
  }
  if (facts?.available === true) {
    return [ok("The metrics API answers.")];
  }
  return [
    {
      severity: "warning",
      what:
        facts === undefined
          ? "The cluster has no metrics API (metrics.k8s.io)."
          : `The metrics API doesn't answer: ${facts.message}.`,
    },
  ];
}
