import { minorOf, withinMinors } from "../../../config/versions";
import { clusterCheck, ok, type Verdict, type View } from "../check";

export const kubernetesVersion = clusterCheck({
  name: "kubernetes-version",
  severity: "error",
  what: "Whether the cluster's Kubernetes is one that mesh:istioVersion supports, and the one that mesh:clusters says",
  why: "Istio's charts have no version check of their own: an unsupported cluster fails in ways that nobody has tested.",
  fix: "Upgrade the cluster, choose a supported mesh:istioVersion, or set mesh:allowUnsupportedVersions.",
  link: "https://istio.io/latest/docs/releases/supported-releases/#support-status-of-istio-releases",
  gather: async ({ api }) =>
    (await api.read<{ gitVersion?: string }>("/version"))?.gitVersion ?? "unknown",
  judge: judgeKubernetes,
});

type VersionView = Pick<View, "cluster"> & {
  readonly config: Pick<View["config"], "istio" | "allowUnsupportedVersions">;
};

export function judgeKubernetes(live: string, { cluster, config }: VersionView): Verdict[] {
  const { istio, allowUnsupportedVersions } = config;
  const { kubernetesVersion: configured } = cluster;
  const [oldest, newest] = istio.release.kubernetes;
  const minor = minorOf(live);
  const verdicts: Verdict[] = [];
  if (minor === undefined || !withinMinors(minor, [oldest, newest])) {
    verdicts.push({
      severity: allowUnsupportedVersions ? "warning" : "error",
      what: `The cluster runs Kubernetes ${live}; Istio ${istio.version} supports ${oldest} to ${newest}.`,
    });
  }
  if (configured !== undefined && minorOf(configured) !== minor) {
    verdicts.push({
      severity: "warning",
      what: `The cluster runs Kubernetes ${live}, mesh:clusters says ${configured}.`,
      why: "The program checks its support matrix against what mesh:clusters says.",
      fix: `Write kubernetesVersion: ${live.replace(/^v/, "")} for ${cluster.id} in mesh:clusters.`,
    });
  }
  return verdicts.length > 0
    ? verdicts
    : [ok(`Kubernetes ${live}, which Istio ${istio.version} supports.`)];
}
