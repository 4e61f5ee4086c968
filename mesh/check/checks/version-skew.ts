import { enumerate, unique } from "../../preflight/text";
import { fleetCheck, type PlacedVerdict } from "../check";
import type { Workload } from "../facts";
import { imageVersion, minorsApart } from "../versions";

export const versionSkew = fleetCheck({
  name: "version-skew",
  column: "istiod",
  severity: "error",
  what: "Whether the clusters' istiods are at most one minor version apart",
  why: "Istio tests neighbouring minor versions with each other, as a mesh that is being upgraded has them, and none further apart.",
  fix: "Upgrade the cluster that is behind: mesh:istioVersion, then npm run mesh -- up.",
  link: "https://istio.io/latest/docs/releases/supported-releases/",
  needs: ["istiods"],
  judge: (seen) =>
    judgeSkew(seen.map(({ cluster, facts }) => ({ cluster: cluster.id, istiods: facts.istiods }))),
});

interface Versions {
  readonly cluster: string;
  readonly istiods: readonly Workload[];
}

export function judgeSkew(clusters: readonly Versions[]): PlacedVerdict[] {
  const versions = clusters.flatMap(({ cluster, istiods }) =>
    istiods.flatMap(({ image }) => {
      const version = imageVersion(image);
      return version === undefined ? [] : [{ cluster, version }];
    }),
  );
  const newest = versions.reduce<string | undefined>(
    (found, { version }) =>
      found === undefined || (minorsApart(version, found) ?? 0) > 0 ? version : found,
    undefined,
  );
  if (newest === undefined) {
    return [];
  }
  const behind = versions
    .map(({ cluster, version }) => ({ cluster, version, minors: minorsApart(newest, version) }))
    .filter(({ minors }) => minors !== 0);
  return behind.length > 0
    ? behind.map(({ cluster, version, minors }) => ({
        severity: minors === 1 ? "warning" : "error",
        cluster,
        what: `istiod is ${version}, elsewhere in the mesh it is ${newest}.`,
      }))
    : [
        {
          severity: "ok",
          what: `All clusters have istiod ${enumerate(unique(versions.map(({ version }) => version)))}.`,
        },
      ];
}
