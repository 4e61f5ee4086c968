import { readdir, rm } from "node:fs/promises";
import { exec } from "../exec";
import { paths } from "../paths";
import { FABRIC, type LabCluster } from "../topology";
import { removeCgroups } from "./cgroups";
import { removeCreatedFolders } from "./created-folders";
import { clusterFiles, mountNamespaceFile, NETNS_DIR, netnsFile } from "./layout";
import { labMounts, labNetns, leftovers } from "./leftovers";
import { deleteInterface } from "./network";
import { killScope } from "./process";
import { readMounts } from "./procfs";
import { waitFor } from "./wait";

/** What `down` is doing. */
export type DownStep = "processes" | "mounts" | "network" | "cgroups" | "files";

/**
 * Removes everything of the lab from the host except its cache, from whatever state it is in.
 *
 * Nothing is stopped gently: all that these processes know is thrown away with them.
 *
 * @param progress called as each step begins
 * @throws Error naming what is left when something could not be removed
 */
export async function down(progress: (step: DownStep) => void = () => undefined): Promise<void> {
  progress("processes");
  await killScope();
  progress("mounts");
  await unmount(labMounts(await readMounts()));
  progress("network");
  await deleteInterface(FABRIC.hostInterface);
  for (const name of await labNetns()) {
    await deleteNetns(name);
  }
  progress("cgroups");
  await removeCgroups();
  progress("files");
  if ((await readdir(NETNS_DIR).catch(() => [])).length === 0) {
    // iproute2 mounts the folder on itself when it makes the first namespace, and never undoes it.
    await unmount((await readMounts()).map((m) => m.target).filter((path) => path === NETNS_DIR));
  }
  await removeCreatedFolders();
  await rm(paths.run, { recursive: true, force: true });
  // The kernel takes interfaces apart a moment after their namespace is gone.
  await waitFor("the lab to be gone", async () => (await leftovers()).length === 0, {
    timeoutMs: 5_000,
    intervalMs: 50,
  }).catch(async () => {
    const left = await leftovers();
    const list = left.map(({ kind, what }) => `${kind} ${what}`).join(", ");
    throw new Error(`could not remove ${list}`);
  });
}

/** Removes one cluster from the host; the fabric and the other clusters stay. */
export async function downCluster(cluster: LabCluster): Promise<void> {
  await killScope(cluster.name);
  const mount = mountNamespaceFile(cluster.name);
  await unmount(labMounts(await readMounts()).filter((target) => target === mount));
  await rm(mount, { force: true });
  await deleteInterface(cluster.veth, FABRIC.netns).catch(() => undefined);
  await deleteNetns(cluster.netns);
  await removeCgroups(cluster.name);
  await rm(clusterFiles(cluster.name).root, { recursive: true, force: true });
}

/** Also removes the file that a killed run or a reboot left without its namespace. */
async function deleteNetns(name: string): Promise<void> {
  await exec("ip", ["netns", "delete", name]).catch(() => undefined);
  await rm(netnsFile(name), { force: true });
}

/** Detaches the mounts at once; what still uses one keeps it until it ends. */
async function unmount(targets: readonly string[]): Promise<void> {
  for (const target of targets) {
    await exec("umount", ["--no-mtab", "--lazy", target]);
  }
}
