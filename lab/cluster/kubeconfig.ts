import type { LabCluster } from "../topology";
import type { PemFiles, User } from "./certificates";

/** A kubeconfig with everything inside, as JSON (which is YAML): no file paths that another machine lacks. */
export function kubeconfig(cluster: LabCluster, user: User, pki: PemFiles): string {
  const data = (file: string): string => Buffer.from(pki.get(file) ?? "").toString("base64");
  const userName = `${cluster.name}-${user}`;
  return JSON.stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: cluster.name,
          cluster: { server: cluster.apiServer, "certificate-authority-data": data("ca.crt") },
        },
      ],
      users: [
        {
          name: userName,
          user: {
            "client-certificate-data": data(`${user}.crt`),
            "client-key-data": data(`${user}.key`),
          },
        },
      ],
      contexts: [{ name: cluster.name, context: { cluster: cluster.name, user: userName } }],
      "current-context": cluster.name,
    },
    undefined,
    2,
  );
}
