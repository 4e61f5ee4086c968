import { readdir } from "node:fs/promises";
import { paths } from "../paths";
import { FABRIC } from "../topology";
import { labCgroups } from "./cgroups";
import { createdFolders } from "./created-folders";
import { NETNS_DIR } from "./layout";
import { interfaces } from "./network";
import { labProcesses } from "./process";
import { readMounts, readProc, type Mount } from "./procfs";

/** Something of the lab that is on the host. */
export interface Leftover {
  readonly kind: "process" | "namespace" | "interface" | "mount" | "cgroup" | "file";
  /** What a person would look for: a command line with its id, a name, or a path. */
  readonly what: string;
}

/** Prefix of the lab's network namespaces. */
const NETNS_PREFIX = "mesh-lab-";

/** Everything of the lab that exists on the host outside the cache, whatever made it; empty when `down` did its work. */
export async function leftovers(): Promise<Leftover[]> {
  const [pids, netns, links, mounts, cgroups, run, folders] = await Promise.all([
    labProcesses(),
    labNetns(),
    interfaces(),
    readMounts(),
    labCgroups(),
    readdir(paths.run).then(
      () => [paths.run],
      () => [],
    ),
    createdFolders(),
  ]);
  const processes = await Promise.all(
    pids.map(async (pid) => `${pid} ${commandLine((await readProc(pid, "cmdline")) ?? "")}`),
  );
  const all: Record<Leftover["kind"], readonly string[]> = {
    process: processes,
    namespace: netns,
    interface: links
      .map(({ ifname }) => ifname)
      .filter((name) => name === FABRIC.hostInterface || name.startsWith("ml-")),
    mount: labMounts(mounts),
    cgroup: cgroups,
    file: [...run, ...folders],
  };
  return Object.entries(all).flatMap(([kind, found]) =>
    found.map((what) => ({ kind: kind as Leftover["kind"], what })),
  );
}

/** Names of the lab's network namespaces, dead ones included. */
export async function labNetns(): Promise<string[]> {
  const names = await readdir(NETNS_DIR).catch(() => []);
  return names.filter((name) => name.startsWith(NETNS_PREFIX));
}

/** Mount points of the lab in the host's own mount namespace, the last mounted first. */
export function labMounts(mounts: readonly Mount[]): string[] {
  return mounts
    .map(({ target }) => target)
    .filter(
      (target) =>
        target === paths.run ||
        target.startsWith(`${paths.run}/`) ||
        target.startsWith(`${NETNS_DIR}/${NETNS_PREFIX}`),
    )
    .reverse();
}

/** `/proc/PID/cmdline`, shortened to one readable line. */
export function commandLine(text: string): string {
  const line = text.split("\0").join(" ").trim();
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}
