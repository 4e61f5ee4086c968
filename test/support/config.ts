/** A kubeconfig with a token, as a cloud's console would hand it out. */
export const kubeconfig = (
  server: string,
  user: Record<string, unknown> = { token: "t" },
): string => `apiVersion: v1
kind: Config
current-context: admin
contexts:
  - name: admin
    context:
      cluster: any
      user: any
clusters:
  - name: any
    cluster:
      server: ${server}
      certificate-authority-data: QQ==
users:
  - name: any
    user: ${JSON.stringify(user)}
`;

/** `cluster1` … `clusterN` */
export const clusterNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `cluster${index + 1}`);

/** The smallest configuration of a mesh of these clusters. */
export function rawConfig(names: readonly string[], over: Record<string, unknown> = {}) {
  return {
    clusters: names.map((name) => ({ name })),
    kubeconfigs: Object.fromEntries(
      names.map((name, index) => [name, kubeconfig(`https://192.0.2.${index + 1}:6443`)]),
    ),
    ...over,
  };
}

/** The same, as the CLI hands it to the program. */
export const pulumiConfig = (raw: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [
      `mesh:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
