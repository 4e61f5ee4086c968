import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

/** Numbers of the cores in a list as taskset(1) and /proc have it, such as `0-2,5`. */
export const coresOf = (list: string): number[] =>
  list.split(",").flatMap((range) => {
    const [first = NaN, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_one, index) => first + index);
  });

/**
 * A core for the servers that are measured, and another for whatever loads them.
 *
 * @throws Error where this process may use only one
 */
export function twoCores(): { readonly measured: number; readonly loading: number } {
  const [loading, measured] = coresOf(allowedCores());
  if (loading === undefined || measured === undefined) {
    throw new Error("The load needs a core beside the measured one, and there is only one core.");
  }
  return { measured, loading };
}

/** Runs a JavaScript file as a process of its own, as its image would; what it logs goes nowhere. */
export const runOnCore = (
  core: number,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess =>
  spawn("taskset", ["--cpu-list", String(core), process.execPath, file, ...args], {
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });

/** Does something with all threads of this process on one core, and lets them go again. */
export async function onCore<T>(core: number, work: () => Promise<T>): Promise<T> {
  const before = allowedCores();
  stayOn(String(core));
  try {
    return await work();
  } finally {
    stayOn(before);
  }
}

const stayOn = (list: string): Buffer =>
  execFileSync("taskset", ["--all-tasks", "--cpu-list", "--pid", list, String(process.pid)]);

const allowedCores = (): string =>
  /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";

/** A tick of a process's time in /proc (USER_HZ, 100 on every Linux that Node.js runs on). */
const TICK_MICROSECONDS = 10_000;

/** Processor time that a process has taken so far (proc_pid_stat(5), utime and stime). */
export async function cpuMicroseconds(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return TICK_MICROSECONDS * (Number(fields[11]) + Number(fields[12]));
}
