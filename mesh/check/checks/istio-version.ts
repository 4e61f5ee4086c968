import { enumerate } from "../../preflight/text";
import { clusterCheck, ok, type Self, type Verdict } from "../check";
import type { Proxy, Workload } from "../facts";
import { imageVersion, minorsApart } from "../versions";

export const istioVersion = clusterCheck({
  name: "istio-version",
  column: "istiod",
  severity: "error",
  what: "Whether istiod runs the configured version, and no proxy is newer than it, or two minor versions older",
  why: "istiod supports proxies of its own minor version and of the one before.",
  fix: "kubectl rollout restart of the pods' Deployments gives them the proxy of the istiod that runs.",
  link: "https://istio.io/latest/docs/releases/supported-releases/#control-planedata-plane-skew",
  needs: ["istiods"],
  wants: ["proxies"],
  judge: ({ istiods, proxies = [] }, self) => judgeVersions(istiods, proxies, self),
});

export function judgeVersions(
  istiods: readonly Workload[],
  proxies: readonly Proxy[],
  { config }: { readonly config: { readonly istio: Pick<Self["config"]["istio"], "version"> } },
): Verdict[] {
  const running = istiods.flatMap(({ image }) => imageVersion(image) ?? []);
  const wanted = config.istio.version;
  const others = running.filter((version) => version !== wanted);
  const strangers = proxies.filter(
    ({ version }) =>
      running.length > 0 &&
      !running.some((istiod) => {
        const behind = minorsApart(istiod, version);
        return behind === undefined || behind === 0 || behind === 1;
      }),
  );
  const verdicts: Verdict[] = [
    ...(others.length > 0
      ? [
          {
            severity: "warning" as const,
            what: `istiod is ${enumerate(others)}, mesh:istioVersion says ${wanted}.`,
            why: "What was configured isn't what runs.",
            fix: "npm run mesh -- up brings the configured version.",
          },
        ]
      : []),
    ...(strangers.length > 0
      ? [
          {
            severity: "error" as const,
            what: `istiod ${enumerate(running)} doesn't support the proxy of ${enumerate(strangers.map(({ name, version }) => `${name} (${version})`))}.`,
          },
        ]
      : []),
  ];
  return verdicts.length > 0
    ? verdicts
    : running.length > 0
      ? [ok(`istiod ${enumerate(running)} and the versions of its proxies fit.`)]
      : [];
}
