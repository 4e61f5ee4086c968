import { clusterCheck, ok, type Verdict } from "../check";
import { API_SERVICES, availability, type ApiServiceItem } from "../objects";
import { enumerate } from "../text";

/** Judged by `metrics-api`, which knows who needs it. */
const METRICS = "v1beta1.metrics.k8s.io";

export const aggregatedApis = clusterCheck({
  name: "aggregated-apis",
  severity: "warning",
  what: "Whether every aggregated API (APIService) of the cluster answers",
  why: "While one doesn't, namespaces never end terminating, and Helm and Pulumi can't list what the cluster has.",
  fix: "Mend the Service behind it, or delete the APIService if what served it is gone.",
  link: "https://kubernetes.io/docs/tasks/extend-kubernetes/setup-extension-api-server/",
  gather: ({ api }) => api.list<ApiServiceItem>(API_SERVICES),
  judge: judgeApis,
});

export function judgeApis(services: readonly ApiServiceItem[]): Verdict[] {
  const dead = services.filter(
    (service) => service.metadata.name !== METRICS && availability(service)?.status === "False",
  );
  return dead.length > 0
    ? [
        {
          severity: "warning",
          what: `${enumerate(dead.map(({ metadata }) => metadata.name))} ${dead.length === 1 ? "doesn't" : "don't"} answer: ${dead.map((service) => availability(service)?.message ?? "no reason given").join("; ")}.`,
        },
      ]
    : [ok("Every aggregated API answers.")];
}
