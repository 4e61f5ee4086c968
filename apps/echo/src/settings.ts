/** What a pod of the echo service is told about itself. */
export interface Settings {
  readonly cluster: string;
  readonly pod: string;
  readonly version: string;
  readonly port: number;
  readonly logLevel: string;
  /** Time between "not ready" and the end of listening; endpoints need about a second to go. */
  readonly drainMilliseconds: number;
}

/** Reads CLUSTER_NAME, POD_NAME, VERSION, PORT, LOG_LEVEL and DRAIN_MILLISECONDS. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  return {
    cluster: env["CLUSTER_NAME"] ?? "unknown",
    pod: env["POD_NAME"] ?? "unknown",
    version: env["VERSION"] ?? "unknown",
    port: number(env["PORT"], 8080),
    logLevel: env["LOG_LEVEL"] ?? "warn",
    drainMilliseconds: number(env["DRAIN_MILLISECONDS"], 2000),
  };
}

function number(text: string | undefined, fallback: number): number {
  const value = Number(text ?? fallback);
  return Number.isFinite(value) ? value : fallback;
}
