import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "@istio-multicloud/service-kit";
import type { ApiAccess } from "./kube-api";

/** Where Kubernetes gives a pod its account (kubernetes.io "Accessing the Kubernetes API from a Pod"). */
export const ACCOUNT_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

/** The pod's own account, by files that the kubelet renews. */
export const ownAccess =
  (server: URL, folder: string): (() => ApiAccess) =>
  () => ({
    server,
    ca: readFileSync(join(folder, "ca.crt"), "utf8"),
    token: readFileSync(join(folder, "token"), "utf8").trim(),
  });

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly "certificate-authority-data": string };
  }[];
  readonly users: readonly { readonly user: { readonly token: string } }[];
}

/** A peer's reader, by a kubeconfig in JSON of one cluster and one user. */
export const kubeconfigAccess = (file: string): (() => ApiAccess) => {
  return () => {
    const text = readFileSync(file, "utf8");
    try {
      const { clusters, users } = JSON.parse(text) as Kubeconfig;
      const [cluster] = clusters;
      const [user] = users;
      return {
        server: new URL(cluster?.cluster.server ?? ""),
        ca: Buffer.from(cluster?.cluster["certificate-authority-data"] ?? "", "base64").toString(
          "utf8",
        ),
        token: user?.user.token ?? "",
      };
    } catch {
      // Not the parser's words, which quote the file.
      throw new SettingsError(`${file} is no kubeconfig in JSON.`);
    }
  };
};
