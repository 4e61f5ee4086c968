import { enumerate } from "../../preflight/text";
import { clusterCheck, ok, type Verdict } from "../check";
import type { RemoteSecret } from "../facts";

export const remoteStrangers = clusterCheck({
  name: "remote-strangers",
  column: "istiod",
  severity: "warning",
  what: "Whether remote secrets name clusters that are none of the mesh's",
  why: "istiod joins every cluster that it has a remote secret for, whoever put it there.",
  fix: "Delete the secret, then restart istiod: it doesn't forget a cluster that never came into sync.",
  link: "https://istio.io/latest/docs/ops/diagnostic-tools/multicluster/",
  follows: ["remote-secret"],
  needs: ["remoteSecrets"],
  judge: ({ remoteSecrets }, { config }) =>
    judgeStrangers(
      remoteSecrets,
      config.mesh.clusters.map(({ id }) => id),
    ),
});

export function judgeStrangers(
  secrets: readonly RemoteSecret[],
  ids: readonly string[],
): Verdict[] {
  const strangers = secrets.flatMap(({ name, annotation, kubeconfigs }) =>
    Object.keys(kubeconfigs)
      // One that was meant for a peer is remote-secret's to judge.
      .filter((id) => !ids.includes(id) && !ids.includes(annotation ?? ""))
      .map((id) => `${id} (${name})`),
  );
  return strangers.length > 0
    ? [{ severity: "warning", what: `Remote secrets also lead to ${enumerate(strangers)}.` }]
    : [ok("All remote secrets are for clusters of the mesh.")];
}
