import { X509Certificate } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LabCluster } from "../topology";
import { writePrivate } from "./files";
import { clusterFiles } from "./layout";
import { kubeconfig } from "./kubeconfig";
import { AUTHORITIES, certificatePlans, RENEWAL_MS, USERS, type User } from "./certificates";

export const kubeconfigFile = (cluster: string, user: User): string =>
  user === "admin"
    ? clusterFiles(cluster).adminKubeconfig
    : join(clusterFiles(cluster).kubeconfigs, `${user}.kubeconfig`);

/** Whether the cluster has a complete PKI with enough time left. */
export async function hasCredentials(cluster: LabCluster, now = new Date()): Promise<boolean> {
  const { pki } = clusterFiles(cluster.name);
  const names = [...AUTHORITIES, ...certificatePlans(cluster).map(({ file }) => file)];
  const files = [
    ...names.map((name) => join(pki, `${name}.key`)),
    join(pki, "service-account.key"),
    join(pki, "service-account.pub"),
    ...USERS.map((user) => kubeconfigFile(cluster.name, user)),
  ];
  try {
    await Promise.all(files.map((file) => readFile(file)));
    const certificates = await Promise.all(names.map((name) => readFile(join(pki, `${name}.crt`))));
    return certificates.every(
      (pem) => Date.parse(new X509Certificate(pem).validTo) - now.getTime() > RENEWAL_MS,
    );
  } catch {
    return false;
  }
}

/** Issues the cluster's certificates and kubeconfigs, all readable by root only. */
export async function writeCredentials(cluster: LabCluster): Promise<void> {
  const files = clusterFiles(cluster.name);
  // Loaded when needed: the library takes longer than everything else of a second `up` together.
  const { issuePki } = await import("./pki.js");
  const pki = await issuePki(cluster);
  const unfinished = `${files.pki}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  for (const [name, content] of pki) {
    await writeFile(join(unfinished, name), content, { mode: 0o600 });
  }
  await rm(files.pki, { recursive: true, force: true });
  await rename(unfinished, files.pki);
  for (const user of USERS) {
    await writePrivate(kubeconfigFile(cluster.name, user), kubeconfig(cluster, user, pki));
  }
}
