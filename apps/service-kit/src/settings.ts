import { hostname } from "node:os";
import type { Environment } from "./environment";

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
const MINUTE = 60_000;

/** What every service is told about itself. */
export interface ServiceSettings {
  readonly cluster: string;
  readonly pod: string;
  readonly version: string;
  /** Port of the service's own API; 0 takes a free one. */
  readonly port: number;
  /** Port of probes and metrics, which the service's clients have no business with. */
  readonly managementPort: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Time that a client has to send a whole request. */
  readonly requestMilliseconds: number;
  /** Time between "not ready" and the end of listening, for every cluster's proxies to notice. */
  readonly drainMilliseconds: number;
  /** Time after that for requests under way; what then still runs is cut off. */
  readonly closeMilliseconds: number;
}

/**
 * Reads CLUSTER_NAME, POD_NAME, VERSION, PORT, MANAGEMENT_PORT (9090), LOG_LEVEL (info),
 * REQUEST_MILLISECONDS (10000), DRAIN_MILLISECONDS (5000) and CLOSE_MILLISECONDS (15000). Together
 * the last two must stay below the pod's terminationGracePeriodSeconds, 30 by default.
 *
 * @throws SettingsError for a value that makes no sense
 */
export function readServiceSettings(env: Environment, defaults: { port: number }): ServiceSettings {
  const milliseconds = (name: string, min: number, fallback: number): number =>
    env.integer(name, { min, max: MINUTE, fallback });
  return {
    cluster: env.text("CLUSTER_NAME", "unknown"),
    pod: env.text("POD_NAME", hostname()),
    version: env.text("VERSION", "unknown"),
    port: env.integer("PORT", { min: 0, max: 65_535, fallback: defaults.port }),
    managementPort: env.integer("MANAGEMENT_PORT", { min: 0, max: 65_535, fallback: 9090 }),
    logLevel: env.oneOf("LOG_LEVEL", LOG_LEVELS, "info"),
    requestMilliseconds: milliseconds("REQUEST_MILLISECONDS", 1, 10_000),
    drainMilliseconds: milliseconds("DRAIN_MILLISECONDS", 0, 5000),
    closeMilliseconds: milliseconds("CLOSE_MILLISECONDS", 0, 15_000),
  };
}
