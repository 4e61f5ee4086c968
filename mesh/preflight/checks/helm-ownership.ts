import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { ISTIO_CRDS } from "../../../config/istio-crds";
import { clusterCheck, ok, type LiveView, type Verdict } from "../check";
import type { Metadata } from "../cluster-api";
import { helmObjects } from "../helm-objects";
import { CRDS } from "../objects";
import { helmRelease, ownerOf } from "../ownership";
import { count, enumerate, unique } from "../text";

export const helmOwnership = clusterCheck({
  name: "helm-ownership",
  severity: "error",
  what: "Whether what Istio's charts are about to create is there already in other hands: CRDs left behind, cluster roles, webhooks, Deployments and Services in istio-system",
  why: "Helm takes over no object of another owner: the release fails with invalid ownership metadata.",
  fix: "Remove what made them (istioctl uninstall --purge, helm uninstall), or hand them over as docs/preflight.md shows; mesh:crds keep takes over CRDs by itself.",
  link: "https://istio.io/latest/docs/setup/upgrade/helm/",
  gather: gatherObjects,
  judge: judgeOwnership,
});

export interface OwnedObject {
  /** e.g. `ClusterRole istiod-clusterrole-istio-system` */
  readonly what: string;
  /** Our release that creates it. */
  readonly release: string;
  readonly metadata: Metadata;
}

async function gatherObjects({ api, config }: LiveView): Promise<readonly OwnedObject[]> {
  const objects = await Promise.all([
    crds(api, config),
    ...helmObjects(config).map(async ({ kind, path, release }): Promise<OwnedObject[]> => {
      const metadata = await api.readMetadata(path);
      return metadata ? [{ what: `${kind} ${metadata.name}`, release, metadata }] : [];
    }),
  ]);
  return objects.flat();
}

/** Those that our own release of CRDs keeps on destroy, it also takes over. */
async function crds(
  api: LiveView["api"],
  { istio, crds: onDestroy }: LiveView["config"],
): Promise<OwnedObject[]> {
  const release = istio.crds === undefined ? "istio-base" : "istio-crds";
  return release === "istio-crds" && onDestroy === "keep"
    ? []
    : (await api.metadata(CRDS))
        .filter(({ metadata }) => ISTIO_CRDS.includes(metadata.name))
        .map(({ metadata }) => ({ what: `CRD ${metadata.name}`, release, metadata }));
}

export function judgeOwnership(objects: readonly OwnedObject[]): Verdict[] {
  const foreign = objects.filter(({ metadata, release }) => {
    const owner = helmRelease(metadata);
    return owner?.name !== release || owner.namespace !== SYSTEM_NAMESPACE;
  });
  const owners = unique(foreign.map(({ metadata }) => ownerOf(metadata)));
  return foreign.length > 0
    ? owners.map((owner) => {
        const own = foreign.filter(({ metadata }) => ownerOf(metadata) === owner);
        return {
          severity: "error" as const,
          what: `Objects that Istio's charts create are there already, ${own.length} made by ${owner}: ${enumerate(
            own.map(({ what }) => what),
            4,
          )}.`,
        };
      })
    : [
        ok(
          objects.length > 0
            ? `What is here of Istio's charts (${count(objects.length, "object")}) is ours.`
            : "Nothing of Istio's charts is here yet.",
        ),
      ];
}
