import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Folders of the lab.
 *
 * The cache survives `down` and holds only what can be fetched or built again; everything a running
 * lab writes is below `run`, which `down` removes.
 */
export const paths = {
  /** `$MESH_LAB_CACHE`, else `$XDG_CACHE_HOME/istio-multicloud-lab`, else `~/.cache/istio-multicloud-lab`. */
  cache:
    process.env["MESH_LAB_CACHE"] ??
    join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "istio-multicloud-lab"),
  /** Fixed: sockets below it must stay under the 108 bytes of a unix socket address. */
  run: "/var/lib/mesh-lab",
  /** The checkout. */
  project: join(__dirname, ".."),
} as const;

export const clusterDir = (cluster: string): string => join(paths.run, cluster);
/** Every component's log, one file each: `<run>/logs/<cluster or "lab">/<component>.log`. */
export const logFile = (scope: string, component: string): string =>
  join(paths.run, "logs", scope, `${component}.log`);
export const adminKubeconfig = (cluster: string): string =>
  join(clusterDir(cluster), "admin.kubeconfig");
/** PEM certificate that a cluster's ACME server is signed by: that of the cluster's own authority. */
export const acmeRoots = (cluster: string): string => join(clusterDir(cluster), "pki", "ca.crt");

const cek = join(paths.run, "cek");
/** The key pair that stands for CLOVA's own. */
export const cekKeys = {
  folder: cek,
  privateKey: join(cek, "private-key.pem"),
  publicKey: join(cek, "public-key.pem"),
} as const;
