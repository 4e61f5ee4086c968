import { spawn } from "node:child_process";
import { join } from "node:path";

export interface Timed {
  readonly seconds: number;
  readonly stdout: string;
}

/** Runs a command in the project's folder and says how long it took. */
export function timed(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Timed> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: join(__dirname, ".."),
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve({ seconds: round((performance.now() - start) / 1000), stdout })
        : reject(new Error(`${command} ${args.join(" ")} ended with ${code}: ${stdout}`)),
    );
  });
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** The middle one of several measurements. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
