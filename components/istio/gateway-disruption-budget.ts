import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { HelmValues } from "../../config/model";

export interface GatewayDisruptionBudgetArgs {
  /** The gateway's name: that of its Deployment and, as label `app`, of its pods. */
  readonly gateway: string;
  /** The system namespace. */
  readonly namespace: pulumi.Input<string>;
  /** Values of the gateway's release. */
  readonly values: HelmValues;
  /** Goes after the budget: a budget over pods without a Deployment complains. */
  readonly release: pulumi.Resource;
}

/**
 * Lets nodes be drained, one pod of the gateway at a time.
 *
 * `maxUnavailable`, not `minAvailable`: an autoscaler may leave one replica, and `minAvailable: 1` would
 * then hold its node for ever. The chart's own budget is left out below two replicas for that reason
 * (kubernetes issue 93476), and this one is where the user's values ask for the chart's: two budgets
 * over one pod refuse every eviction.
 */
export function gatewayDisruptionBudget(
  name: string,
  { gateway, namespace, values, release }: GatewayDisruptionBudgetArgs,
  parent: pulumi.Resource,
): k8s.policy.v1.PodDisruptionBudget | undefined {
  if (values["podDisruptionBudget"] !== undefined) {
    return undefined;
  }
  return new k8s.policy.v1.PodDisruptionBudget(
    `${name}-disruption-budget`,
    {
      metadata: { name: gateway, namespace },
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: { app: gateway } },
      },
    },
    { parent, dependsOn: [release] },
  );
}
