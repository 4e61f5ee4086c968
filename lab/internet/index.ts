import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { clientFor } from "../../kube/client";
import { apply } from "../kube";
import { adminKubeconfig, clusterDir } from "../paths";
import type { LabCluster } from "../topology";
import { acmeServer } from "./acme-server";

export { ensureCekKeys } from "./cek-keys";
export { ingressTarget, removeRecord, setRecord, type PublicRecord } from "./dns-records";
export { addressIn } from "./resolve";

/** Runs an ACME server in a cluster. It starts while the stacks are deployed. */
export async function upAcmeServer({ name }: Pick<LabCluster, "name">): Promise<void> {
  const read = (file: string): Promise<string> =>
    readFile(join(clusterDir(name), "pki", file), "utf8");
  const tls = { certificate: await read("acme.crt"), key: await read("acme.key") };
  await apply(await clientFor(adminKubeconfig(name)), acmeServer(tls));
}
