import { format } from "node:util";
import type { Severity } from "./protocol";

const LEVELS: Readonly<Record<string, Severity>> = {
  debug: "debug",
  info: "info",
  log: "info",
  warn: "warning",
  // Programs also print progress there; only `pulumi.log.error` means a failure.
  error: "warning",
};

/** How the SDK prints `pulumi.log` where there is no CLI. */
const SDK_LINE = /^(debug|info|warning|error): \[runtime\] /;

/**
 * Takes what a program prints, so that standard output stays the engine's.
 *
 * @param onMessage called once per printed line or `pulumi.log` message
 */
export function captureConsole(onMessage: (severity: Severity, message: string) => void): void {
  const say = (severity: Severity, text: string): void => {
    const level = SDK_LINE.exec(text)?.[1];
    onMessage((level as Severity | undefined) ?? severity, text.replace(SDK_LINE, ""));
  };
  for (const method of ["debug", "info", "log", "warn", "error"] as const) {
    console[method] = (...args: unknown[]) => say(LEVELS[method] ?? "info", format(...args));
  }
  process.stdout.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    text
      .split("\n")
      .filter(Boolean)
      .forEach((line) => say("info", line));
    for (const callback of rest) {
      if (typeof callback === "function") {
        (callback as () => void)();
      }
    }
    return true;
  };
}
