import { createService, Environment, readServiceSettings } from "@istio-multicloud/service-kit";
import type { Service, ServiceOptions } from "@istio-multicloud/service-kit";

/** Settings as a pod would have them, on free ports and without waiting. */
export const testSettings = (variables: Record<string, string> = {}) =>
  readServiceSettings(
    new Environment({
      CLUSTER_NAME: "ncloud",
      POD_NAME: "pod-1",
      MANAGEMENT_PORT: "0",
      LOG_LEVEL: "silent",
      DRAIN_MILLISECONDS: "0",
      ...variables,
    }),
    { port: 0 },
  );

export const testService = (
  routes: ServiceOptions["routes"],
  options: Partial<ServiceOptions> = {},
): Promise<Service> =>
  createService({ name: "sample", settings: testSettings(), routes, ...options });
