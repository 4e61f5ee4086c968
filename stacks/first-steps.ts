import type * as pulumi from "@pulumi/pulumi";
import { Dashboard } from "../components/lessons/dashboard";
import { FirstSteps } from "../components/lessons/first-steps";
import type { FirstStepsConfig } from "../config/first-steps-schema";

/** What a newcomer to Kubernetes looks at first. */
export function firstSteps(
  config: FirstStepsConfig,
  istiod: pulumi.Resource,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { image, greeting, nodePort, host } = config;
  new FirstSteps("first-steps", { image, greeting, nodePort, host, istiod }, opts);
  if (config.dashboard) {
    const { dashboardCharts: charts, dashboardVersion: version } = config;
    new Dashboard("dashboard", { charts, version }, opts);
  }
}
