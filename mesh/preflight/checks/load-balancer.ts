import { clusterCheck, ok, type Verdict } from "../check";
import { KUBE_SYSTEM } from "../connect";
import { SERVICES, type ServiceItem } from "../objects";
import { count, enumerate } from "../text";

/** Clouds take a few minutes for a load balancer; after this something is wrong. */
const PATIENCE_MINUTES = 10;

export const loadBalancer = clusterCheck({
  name: "load-balancer",
  severity: "warning",
  what: "Whether Services of type LoadBalancer get addresses, as those that are there show",
  why: "Without an address of its east-west gateway a cluster's services can't be reached from the others, and up waits for it.",
  fix: "kubectl describe service says why; quotas, subnets and annotations are the usual reasons. Without a cloud: MetalLB, or minikube tunnel.",
  link: "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
  async gather({ api }): Promise<readonly BalancedService[]> {
    const [services, { date }] = await Promise.all([
      api.list<ServiceItem>(SERVICES),
      api.answer(KUBE_SYSTEM),
    ]);
    return services
      .filter(({ spec }) => spec?.type === "LoadBalancer")
      .map(({ metadata, status }) => ({
        name: `${metadata.namespace}/${metadata.name}`,
        address: status?.loadBalancer?.ingress?.map(({ ip, hostname }) => ip ?? hostname)[0],
        minutes:
          date && metadata.creationTimestamp
            ? (date.getTime() - Date.parse(metadata.creationTimestamp)) / 60_000
            : 0,
      }));
  },
  judge: judgeBalancers,
});

export interface BalancedService {
  /** `namespace/name` */
  readonly name: string;
  readonly address: string | undefined;
  /** Age. */
  readonly minutes: number;
}

export function judgeBalancers(services: readonly BalancedService[]): Verdict[] {
  const without = services.filter(({ address }) => address === undefined);
  const stuck = without.filter(({ minutes }) => minutes > PATIENCE_MINUTES);
  if (stuck.length > 0) {
    return [
      {
        severity: "warning",
        what: `${enumerate(stuck.map(({ name, minutes }) => `${name} (for ${Math.round(minutes)} min)`))} still ${stuck.length === 1 ? "has" : "have"} no load balancer's address.`,
      },
    ];
  }
  const served = services.length - without.length;
  return [
    served > 0
      ? ok(
          `${count(served, "Service")} of type LoadBalancer ${served === 1 ? "has" : "have"} an address.`,
        )
      : {
          severity: "info",
          what: "No Service of type LoadBalancer has an address yet: the first up will show whether the cluster gives any.",
        },
  ];
}
