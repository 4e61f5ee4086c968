import { spawn, type SpawnOptions } from "node:child_process";

/** A command that exited with something other than 0; the message carries the end of what it printed. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  constructor(
    readonly command: string,
    readonly exitCode: number | null,
    readonly output: string,
  ) {
    super(`\`${command}\` exited with ${exitCode ?? "a signal"}: ${lastLines(output, 8)}`);
  }
}

export interface ExecOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Called with every line of either stream while the command runs. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Runs a command to its end and returns its standard output.
 *
 * @throws CommandError on an exit code other than 0
 * @throws NodeJS.ErrnoException `ENOENT` when there is no such command
 */
export function exec(
  command: string,
  args: readonly string[],
  options: ExecOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const spawnOptions: SpawnOptions = {
      stdio: "pipe",
      env: { ...process.env, ...options.env },
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      ...(options.signal !== undefined && { signal: options.signal }),
    };
    const child = spawn(command, args, spawnOptions);
    let stdout = "";
    let all = "";
    let rest = "";
    const lines = (chunk: string): void => {
      const parts = (rest + chunk).split("\n");
      rest = parts.pop() ?? "";
      parts.filter(Boolean).forEach((line) => options.onLine?.(line));
    };
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      stdout += chunk;
      all += chunk;
      lines(chunk);
    });
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      all += chunk;
      lines(chunk);
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve(stdout)
        : reject(new CommandError([command, ...args].join(" "), code, all)),
    );
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.input ?? "");
  });
}

function lastLines(text: string, count: number): string {
  return text.trim().split("\n").slice(-count).join("\n") || "(no output)";
}
