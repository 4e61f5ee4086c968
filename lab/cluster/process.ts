import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../config/errors";
import { logFile } from "../paths";
import { writePrivate } from "./files";
import { labFiles, mountNamespaceFile, netnsFile } from "./layout";
import { inNamespaces, type Namespaces } from "./namespaces";
import { bootId, namespaceOf, parseEnviron, parseStat, processIds, readProc } from "./procfs";
import { Fatal, waitFor, type WaitOptions } from "./wait";

/** A long-running process of the lab. */
export interface ProcessSpec {
  /** Name of the cluster it belongs to, or {@link LAB_SCOPE}. */
  readonly scope: string;
  /** Names its log and is unique within its scope. */
  readonly component: string;
  /** Absolute path of the program, then its arguments. */
  readonly command: readonly string[];
  readonly namespaces: Namespaces;
  readonly env: Readonly<Record<string, string>>;
  /** Files it reads at its start: it is restarted when their content changes. */
  readonly inputs: readonly string[];
}

/** Scope of what belongs to no single cluster. */
export const LAB_SCOPE = "lab";

/**
 * Tells the lab's processes from all others: their children inherit it, so it also finds those whose record is lost.
 * Its value is the scope.
 */
export const SCOPE_VARIABLE = "MESH_LAB_SCOPE";

/** What is remembered of a started process. */
interface ProcessRecord {
  readonly pid: number;
  readonly startTime: number;
  readonly bootId: string;
  readonly fingerprint: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** A process that runs now. */
export interface RunningProcess {
  readonly pid: number;
  /** ISO 8601. */
  readonly startedAt: string;
}

/**
 * Starts a process unless it runs already as described; one that was started otherwise is stopped first.
 *
 * There is no supervising daemon: what dies is started again by the next call.
 *
 * @returns whether it had to be started
 */
export async function ensureRunning(spec: ProcessSpec): Promise<boolean> {
  const fingerprint = await fingerprintOf(spec);
  const record = await readRecord(spec.scope, spec.component);
  if (record !== undefined && (await isAlive(record))) {
    if (record.fingerprint === fingerprint && (await isIn(record.pid, spec.namespaces))) {
      return false;
    }
    await terminate([record.pid], STOP_GRACE_MS);
  }
  await launch(spec, fingerprint);
  return true;
}

const STOP_GRACE_MS = 10_000;

/** The process of a component if it runs: an id that was given to another process since doesn't count. */
export async function runningProcess(
  scope: string,
  component: string,
): Promise<RunningProcess | undefined> {
  const record = await readRecord(scope, component);
  return record !== undefined && (await isAlive(record)) ? record : undefined;
}

/** {@link waitFor}, given up as soon as one of the processes it depends on has ended. */
export function waitWhileRunning<T>(
  what: string,
  specs: readonly ProcessSpec[],
  check: () => Promise<T | undefined | false>,
  options: WaitOptions,
): Promise<T> {
  return waitFor(
    what,
    async () => {
      for (const { scope, component } of specs) {
        if ((await runningProcess(scope, component)) === undefined) {
          throw new Fatal(await endedError(scope, component));
        }
      }
      return check();
    },
    options,
  );
}

async function endedError(scope: string, component: string): Promise<UserError> {
  const log = logFile(scope, component);
  const text = await readFile(log, "utf8").catch(() => "");
  const last = text.trim().split("\n").at(-1) ?? "";
  return new UserError(
    `${component} of ${scope} ended right after its start, see ${log}: ${last.slice(0, 300)}`,
  );
}

/** Ends every process of a scope, or of the lab, including what they started and the pods' containers. */
export async function killScope(scope?: string): Promise<void> {
  // A process can start another one between the listing and its own end.
  for (let pids = await labProcesses(scope); pids.length > 0; pids = await labProcesses(scope)) {
    await terminate(pids, 0);
  }
  await rm(scope === undefined ? labFiles.processes : join(labFiles.processes, scope), {
    recursive: true,
    force: true,
  });
}

/** Ids of the live processes of a scope, or of the lab. */
export async function labProcesses(scope?: string): Promise<number[]> {
  const found = await Promise.all(
    (await processIds()).map(async (pid) => {
      const [environ = "", cgroup = "", status = ""] = await Promise.all(
        ["environ", "cgroup", "stat"].map((file) => readProc(pid, file)),
      );
      const owner = scopeOf(environ, cgroup);
      const ours = owner !== undefined && (scope === undefined || scope === owner);
      return ours && !isDead(status) ? [pid] : [];
    }),
  );
  return found.flat();
}

/**
 * The scope that a process belongs to, by its environment (what the lab started) or its cgroup (containers).
 *
 * @param environ content of `/proc/PID/environ`
 * @param cgroup content of `/proc/PID/cgroup`
 */
export function scopeOf(environ: string, cgroup: string): string | undefined {
  return parseEnviron(environ).get(SCOPE_VARIABLE) ?? /:\/mesh-lab\/([^/\n]+)/.exec(cgroup)?.[1];
}

/** Whether a process is in the namespaces of these names as they are now, rather than in ones since replaced. */
async function isIn(pid: number, { netns, mounts }: Namespaces): Promise<boolean> {
  const checks = [
    sameNamespace(await namespaceOf(pid, "net"), netnsFile(netns)),
    ...(mounts === undefined
      ? []
      : [sameNamespace(await namespaceOf(pid, "mnt"), mountNamespaceFile(mounts))]),
  ];
  return (await Promise.all(checks)).every(Boolean);
}

/** @param link `net:[4026531840]`, the number being the inode of the namespace */
async function sameNamespace(link: string | undefined, file: string): Promise<boolean> {
  return link !== undefined && link.endsWith(`:[${(await stat(file)).ino}]`);
}

/** Whether any process of a scope runs in namespaces that have been replaced since. */
export async function hasStaleNamespaces(scope: string, namespaces: Namespaces): Promise<boolean> {
  const components = await readdir(join(labFiles.processes, scope)).catch(() => []);
  for (const component of components) {
    const running = await runningProcess(scope, component.replace(/\.json$/, ""));
    if (running !== undefined && !(await isIn(running.pid, namespaces))) {
      return true;
    }
  }
  return false;
}

async function launch(spec: ProcessSpec, fingerprint: string): Promise<void> {
  const { scope, component } = spec;
  const [program = "", ...args] = inNamespaces(spec.namespaces, spec.command);
  if (!existsSync(spec.command[0] ?? "")) {
    throw new UserError(
      `${component} of ${scope} can't start because ${spec.command[0]} is missing: run \`npm run lab\` again, which builds it`,
    );
  }
  const log = logFile(scope, component);
  await mkdir(dirname(log), { recursive: true });
  const output = await open(log, "a", 0o600);
  try {
    const child = spawn(program, args, {
      cwd: "/",
      detached: true,
      stdio: ["ignore", output.fd, output.fd],
      env: { ...spec.env, [SCOPE_VARIABLE]: scope },
    });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", reject);
    });
    child.unref();
    const pid = child.pid ?? 0;
    const record: ProcessRecord = {
      pid,
      startTime: parseStat((await readProc(pid, "stat")) ?? "").startTime,
      bootId: await bootId(),
      fingerprint,
      startedAt: new Date().toISOString(),
    };
    await writePrivate(recordFile(scope, component), JSON.stringify(record));
  } finally {
    await output.close();
  }
}

async function fingerprintOf({ command, env, inputs }: ProcessSpec): Promise<string> {
  const contents = await Promise.all(inputs.map((file) => readFile(file, "base64")));
  // PATH ends with that of the caller's shell; a change of tools shows in the other variables.
  const variables = Object.entries(env).filter(([name]) => name !== "PATH");
  return createHash("sha256")
    .update(JSON.stringify([command, variables, inputs, contents]))
    .digest("hex");
}

const recordFile = (scope: string, component: string): string =>
  join(labFiles.processes, scope, `${component}.json`);

async function readRecord(scope: string, component: string): Promise<ProcessRecord | undefined> {
  try {
    return JSON.parse(await readFile(recordFile(scope, component), "utf8")) as ProcessRecord;
  } catch {
    return undefined;
  }
}

async function isAlive(record: ProcessRecord): Promise<boolean> {
  const text = await readProc(record.pid, "stat");
  return (
    text !== undefined &&
    !isDead(text) &&
    parseStat(text).startTime === record.startTime &&
    record.bootId === (await bootId())
  );
}

/** A zombie has ended; only its parent has yet to ask how. */
const isDead = (status: string): boolean => ["Z", "X", ""].includes(parseStat(status).state);

/** TERM, then KILL to those that are left after `graceMs`; returns when all have ended. */
async function terminate(pids: readonly number[], graceMs: number): Promise<void> {
  const deadline = Date.now() + graceMs;
  let left = [...pids];
  if (graceMs > 0) {
    left.forEach((pid) => signal(pid, "SIGTERM"));
  }
  while (left.length > 0) {
    if (Date.now() >= deadline) {
      left.forEach((pid) => signal(pid, "SIGKILL"));
    }
    await sleep(20);
    const status = await Promise.all(left.map((pid) => readProc(pid, "stat")));
    left = left.filter((_, index) => !isDead(status[index] ?? ""));
  }
}

function signal(pid: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}
