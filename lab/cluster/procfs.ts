import { readdir, readFile, readlink } from "node:fs/promises";

/** The part of `/proc/PID/stat` (proc(5)) that tells one process from the next with the same id. */
export interface ProcessStat {
  readonly state: string;
  /** Clock ticks after boot. */
  readonly startTime: number;
}

/** The command, in parentheses, may itself hold spaces and parentheses: fields count from the last one. */
export function parseStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", startTime: Number(fields[19]) };
}

/** `/proc/PID/environ`: NUL-separated `NAME=value`. */
export function parseEnviron(text: string): Map<string, string> {
  return new Map(
    text
      .split("\0")
      .filter((entry) => entry.includes("="))
      .map((entry) => {
        const at = entry.indexOf("=");
        return [entry.slice(0, at), entry.slice(at + 1)];
      }),
  );
}

/** Paths of `/proc/PID/cgroup`, one per hierarchy: `4:memory:/a/b` ⇒ `/a/b`. */
export function parseCgroupPaths(text: string): string[] {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(":").slice(2).join(":"));
}

export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly type: string;
}

/** `/proc/self/mounts` (fstab(5)), which writes space, tab, newline and backslash as octal escapes. */
export function parseMounts(text: string): Mount[] {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [source = "", target = "", type = ""] = line.split(" ").map(unescapeOctal);
      return { source, target, type };
    });
}

const unescapeOctal = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));

export const readMounts = async (): Promise<Mount[]> =>
  parseMounts(await readFile("/proc/self/mounts", "utf8"));

/** Ids of every process, those of threads left out. */
export async function processIds(): Promise<number[]> {
  return (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
}

/** A file below `/proc/PID`, or `undefined` when that process is gone or keeps even root from looking. */
export async function readProc(pid: number, file: string): Promise<string | undefined> {
  return readable(readFile(`/proc/${pid}/${file}`, "utf8"));
}

/** `net:[4026531840]`, or `undefined` when that process is gone. */
export async function namespaceOf(pid: number, kind: "net" | "mnt"): Promise<string | undefined> {
  return readable(readlink(`/proc/${pid}/ns/${kind}`));
}

async function readable<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (UNREADABLE.has((error as NodeJS.ErrnoException).code ?? "")) {
      return undefined;
    }
    throw error;
  }
}

/** `ESRCH` comes when the process ends between open and read. */
const UNREADABLE = new Set(["ENOENT", "ESRCH", "EACCES", "EPERM"]);

/** Changes with every boot, so that what is remembered of processes never outlives them. */
export const bootId = async (): Promise<string> =>
  (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
