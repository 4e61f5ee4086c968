import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { minorOf } from "../../../config/versions";
import { clusterCheck, ok, type Verdict, type View } from "../check";
import type { Item } from "../cluster-api";
import { ISTIODS } from "../objects";

export const istioUpgrade = clusterCheck({
  name: "istio-upgrade",
  severity: "error",
  what: "Whether the step from the Istio that runs to mesh:istioVersion is one that Istio supports",
  why: "Istio is upgraded one minor at a time; a control plane older than its proxies is not supported.",
  fix: "Go minor by minor, each with the newest patch.",
  link: "https://istio.io/latest/docs/setup/upgrade/",
  gather: async ({ api }) =>
    (await api.list<Item>(ISTIODS)).find(
      ({ metadata }) => metadata.namespace === SYSTEM_NAMESPACE && metadata.name === "istiod",
    )?.metadata.labels?.["app.kubernetes.io/version"],
  judge: judgeUpgrade,
});

type UpgradeView = {
  readonly config: { readonly istio: Pick<View["config"]["istio"], "version"> };
};

export function judgeUpgrade(live: string | undefined, { config }: UpgradeView): Verdict[] {
  const { version } = config.istio;
  const [from, to] = [live ?? "", version].map((text) =>
    Number(minorOf(text)?.split(".")[1] ?? NaN),
  ) as [number, number];
  if (live === undefined) {
    return [ok(`Istio ${version} is to be installed.`)];
  }
  if (to < from) {
    return [
      { severity: "error", what: `Istio ${live} runs, mesh:istioVersion is the older ${version}.` },
    ];
  }
  if (to > from + 1) {
    return [
      {
        severity: "warning",
        what: `Istio ${live} runs, mesh:istioVersion ${version} is ${to - from} minors further.`,
      },
    ];
  }
  return [ok(live === version ? `Istio ${live} runs.` : `Istio ${live} becomes ${version}.`)];
}
