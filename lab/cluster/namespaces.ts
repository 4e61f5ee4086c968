import { mkdir, rm, statfs, writeFile } from "node:fs/promises";
import { exec } from "../exec";
import { createFolder } from "./created-folders";
import { labFiles, mountNamespaceFile, netnsFile } from "./layout";
import { readMounts } from "./procfs";

/** Namespaces that a command runs in; what is left out is the host's own. */
export interface Namespaces {
  /** Name of a network namespace. */
  readonly netns: string;
  /** Name of the cluster whose mount namespace to use. */
  readonly mounts?: string;
}

/**
 * A command line that runs `command` in `namespaces` under the process id of its caller.
 *
 * `ip netns exec` would not do: it mounts a fresh /sys, and the cgroup tree below it is gone.
 */
export function inNamespaces(namespaces: Namespaces, command: readonly string[]): string[] {
  return [
    "nsenter",
    `--net=${netnsFile(namespaces.netns)}`,
    ...(namespaces.mounts === undefined
      ? []
      : [`--mount=${mountNamespaceFile(namespaces.mounts)}`]),
    "--",
    ...command,
  ];
}

/** NSFS_MAGIC of linux/magic.h: the file is a live namespace, not what a killed run left of one. */
const NSFS_MAGIC = 0x6e736673;

export async function isNamespace(file: string): Promise<boolean> {
  try {
    return (await statfs(file)).type === NSFS_MAGIC;
  } catch {
    return false;
  }
}

/** Makes sure that a network namespace of this name is there. */
export async function ensureNetns(name: string): Promise<void> {
  if (await isNamespace(netnsFile(name))) {
    return;
  }
  await rm(netnsFile(name), { force: true });
  await exec("ip", ["netns", "add", name]);
}

/**
 * Folders whose place is compiled into containerd, its CNI library, istio-cni, the kubelet or the `mount` that it calls.
 *
 * Each cluster sees its own empty ones there: two kubelets on one host would delete each other's files, and
 * nothing is written to the host's.
 */
export const MASKED_FOLDERS = [
  "/run/containerd",
  "/run/istio-cni",
  "/run/mount",
  "/var/lib/cni",
  "/var/lib/kubelet",
  "/var/log/containers",
  "/var/log/pods",
] as const;

/**
 * Makes sure that the cluster has a mount namespace of its own, in which containerd, kubelet and pods mount.
 *
 * It outlives its processes, and whatever was mounted in it goes with it.
 */
export async function ensureMountNamespace(cluster: string): Promise<void> {
  const file = mountNamespaceFile(cluster);
  for (const folder of MASKED_FOLDERS) {
    await createFolder(folder);
  }
  if (!(await isNamespace(file))) {
    await ensurePrivateMount(labFiles.mountNamespaces);
    await writeFile(file, "");
    // Pods with mountPropagation Bidirectional need a shared root, as on any node.
    const script = "mount --no-mtab --make-rshared /";
    // "slave": unmounts on the host (of a deleted network namespace) still arrive, nothing goes back.
    await exec("unshare", [`--mount=${file}`, "--propagation", "slave", "sh", "-c", script]);
  }
  await exec("nsenter", [`--mount=${file}`, "sh", "-c", maskScript(MASKED_FOLDERS)]);
}

/** Mounts an empty folder on each of these, where there isn't one yet: a lab of an older version masks fewer. */
export const maskScript = (folders: readonly string[]): string =>
  [
    "set -e",
    ...folders.map(
      (folder) =>
        `grep -q '^mesh-lab ${folder} ' /proc/self/mounts || mount --no-mtab -t tmpfs -o mode=0755 mesh-lab ${folder}`,
    ),
  ].join("\n");

/** The kernel refuses to keep a mount namespace alive on a mount that is shared. */
async function ensurePrivateMount(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readMounts()).some((mount) => mount.target === folder)) {
    return;
  }
  await exec("mount", ["--no-mtab", "-t", "tmpfs", "-o", "mode=0700", "mesh-lab", folder]);
  await exec("mount", ["--no-mtab", "--make-private", folder]);
}
