import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { adminKubeconfig, paths } from "./paths";
import type { LabCluster } from "./topology";

interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: unknown }[];
  readonly users: readonly { readonly user: unknown }[];
}

/** Writes one kubeconfig with a context per cluster, named after it, and returns its path. */
export async function writeKubeconfig(clusters: readonly LabCluster[]): Promise<string> {
  const parts = await Promise.all(
    clusters.map(async ({ name }) => ({
      name,
      config: parse(await readFile(adminKubeconfig(name), "utf8")) as Kubeconfig,
    })),
  );
  const file = join(paths.run, "kubeconfig");
  await writeFile(
    file,
    stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: parts.map(({ name, config }) => ({ name, cluster: config.clusters[0]?.cluster })),
      users: parts.map(({ name, config }) => ({ name, user: config.users[0]?.user })),
      contexts: parts.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
      "current-context": parts[0]?.name,
    }),
    { mode: 0o600 },
  );
  return file;
}
