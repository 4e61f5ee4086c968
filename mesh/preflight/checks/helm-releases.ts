import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { clusterCheck, ok, type Verdict } from "../check";
import { RELEASES } from "../helm-objects";
import { count, enumerate } from "../text";

const SECRETS = `/api/v1/secrets?labelSelector=${encodeURIComponent("owner=helm")}`;

export const helmReleases = clusterCheck({
  name: "helm-releases",
  severity: "warning",
  what: "Which Helm releases there are in istio-system, or called istio elsewhere, and whether one of ours is stuck half-way",
  why: "Helm refuses to touch a release while its record says that somebody is at it, and two releases of Istio's charts fight over the same objects.",
  fix: "helm uninstall what is not wanted.",
  link: "https://helm.sh/docs/topics/advanced/#storage-backends",
  gather: async ({ api }) => {
    const records = (await api.metadata(SECRETS)).map(({ metadata }) => ({
      namespace: metadata.namespace ?? "",
      name: metadata.labels?.["name"] ?? "",
      status: metadata.labels?.["status"] ?? "",
      revision: Number(metadata.labels?.["version"] ?? 0),
    }));
    return records.filter(
      (record) =>
        !records.some(
          (other) =>
            other.namespace === record.namespace &&
            other.name === record.name &&
            other.revision > record.revision,
        ),
    );
  },
  judge: judgeReleases,
});

/** The newest record of one release. */
export interface ReleaseRecord {
  readonly namespace: string;
  readonly name: string;
  /** `deployed`, `failed`, `pending-install`, … (helm/pkg/release/status.go) */
  readonly status: string;
  readonly revision: number;
}

export function judgeReleases(records: readonly ReleaseRecord[]): Verdict[] {
  const here = records.filter(({ namespace }) => namespace === SYSTEM_NAMESPACE);
  const ours = here.filter(({ name }) => RELEASES.some((own) => own === name));
  const stuck = ours.filter(({ status }) => /^(pending|uninstalling)/.test(status));
  const foreign = here.filter((record) => !ours.includes(record));
  const elsewhere = records.filter(
    ({ namespace, name }) => namespace !== SYSTEM_NAMESPACE && /^istio/.test(name),
  );
  const verdicts: Verdict[] = [
    ...stuck.map(({ name, status }): Verdict => ({
      severity: "warning",
      what: `Helm release ${name} is ${status}: a run is at it right now, or was killed.`,
      fix: "Wait for the other run; after a killed one, npm run mesh -- up clears up.",
    })),
    ...(elsewhere.length > 0
      ? [
          {
            severity: "warning" as const,
            what: `Helm releases called istio are in other namespaces too: ${enumerate(elsewhere.map(({ namespace, name }) => `${namespace}/${name}`))}.`,
          },
        ]
      : []),
    ...(foreign.length > 0
      ? [
          {
            severity: "info" as const,
            what: `${SYSTEM_NAMESPACE} also holds ${enumerate(foreign.map(({ name }) => `Helm release ${name}`))}.`,
          },
        ]
      : []),
  ];
  return verdicts.some(({ severity }) => severity === "warning")
    ? verdicts
    : [
        ...verdicts,
        ok(
          ours.length > 0
            ? `${count(ours.length, "Helm release")} of ours, none stuck.`
            : "No Helm release of Istio's charts yet.",
        ),
      ];
}
