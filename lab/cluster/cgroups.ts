import { mkdir, readdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readMounts, type Mount } from "./procfs";
import { waitFor } from "./wait";

/** The one cgroup that holds every pod of the lab. */
export const CGROUP_ROOT = "mesh-lab";

/** The kubelet's `cgroupRoot` of a cluster. */
export const clusterCgroup = (cluster: string): string => `/${CGROUP_ROOT}/${cluster}`;

/** Mount points of every cgroup hierarchy: one on a unified (v2) host, one per controller on a v1 host. */
export function cgroupMounts(mounts: readonly Mount[]): string[] {
  return [
    ...new Set(
      mounts.filter(({ type }) => type === "cgroup" || type === "cgroup2").map((m) => m.target),
    ),
  ];
}

/** What the kubelet asks of a cgroup v2 root (pkg/kubelet/cm, `getSupportedUnifiedControllers`) and more if there. */
const CONTROLLERS = ["cpu", "cpuset", "io", "memory", "pids", "hugetlb"];

/** Makes the cluster's cgroup in every hierarchy. */
export async function ensureClusterCgroups(cluster: string): Promise<void> {
  for (const mount of cgroupMounts(await readMounts())) {
    await mkdir(join(mount, CGROUP_ROOT, cluster), { recursive: true });
    await delegateControllers(mount);
    await delegateControllers(join(mount, CGROUP_ROOT));
  }
}

/** On v2 a controller reaches a child only when its parent says so; v1 has no such file. */
async function delegateControllers(folder: string): Promise<void> {
  let available: string;
  try {
    available = await readFile(join(folder, "cgroup.controllers"), "utf8");
  } catch {
    return;
  }
  const wanted = controllersToDelegate(available);
  if (wanted !== "") {
    await writeFile(join(folder, "cgroup.subtree_control"), wanted);
  }
}

/** `"cpu io rdma"` ⇒ `"+cpu +io"` */
export function controllersToDelegate(available: string): string {
  const names = new Set(available.trim().split(/\s+/));
  return CONTROLLERS.filter((name) => names.has(name))
    .map((name) => `+${name}`)
    .join(" ");
}

/** Folders of the lab's cgroups that exist; all of them without `cluster`. */
export async function labCgroups(cluster = ""): Promise<string[]> {
  const folders = cgroupMounts(await readMounts()).map((mount) =>
    join(mount, CGROUP_ROOT, cluster),
  );
  const existing = await Promise.all(
    folders.map((folder) =>
      readdir(folder).then(
        () => [folder],
        () => [],
      ),
    ),
  );
  return existing.flat();
}

/** Removes the cgroups of a cluster, or of the whole lab; their processes have to be dead. */
export async function removeCgroups(cluster = ""): Promise<void> {
  for (const folder of await labCgroups(cluster)) {
    // A killed process counts as a member until the kernel has let go of its memory.
    await waitFor(`the cgroup ${folder} to be empty`, () => removeTree(folder), {
      timeoutMs: 10_000,
      intervalMs: 50,
    });
  }
}

/** Files of a cgroup can't be removed, only the folders, children first. */
async function removeTree(folder: string): Promise<true> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.filter((each) => each.isDirectory())) {
    await removeTree(join(folder, entry.name));
  }
  await rmdir(folder);
  return true;
}
