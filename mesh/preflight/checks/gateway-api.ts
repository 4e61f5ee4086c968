import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { clusterCheck, ok, type Verdict, type View } from "../check";
import type { Metadata } from "../cluster-api";
import { CRDS } from "../objects";
import { helmRelease, ownerOf } from "../ownership";
import { unique } from "../text";

const GROUP = ".gateway.networking.k8s.io";
const BUNDLE_VERSION = "gateway.networking.k8s.io/bundle-version";
/** Name of our Helm release of these CRDs (components/istio/gateway-api.ts). */
const RELEASE = "gateway-api";

export const gatewayApi = clusterCheck({
  name: "gateway-api",
  severity: "error",
  what: "Whether the Gateway API's CRDs are ours to install, or there in the release that Istio reads, as mesh:gatewayApi says",
  why: "istiod ignores older kinds without a word, and two owners of the same CRDs undo each other's work.",
  fix: "Set mesh:gatewayApi to the one that fits: install, or existing.",
  link: "https://gateway-api.sigs.k8s.io/guides/crd-management/",
  gather: async ({ api }) =>
    (await api.metadata(CRDS))
      .map(({ metadata }) => metadata)
      .filter(({ name }) => name.endsWith(GROUP)),
  judge: judgeGatewayApi,
});

type GatewayApiView = { readonly config: Pick<View["config"], "gatewayApi" | "istio"> };

export function judgeGatewayApi(crds: readonly Metadata[], { config }: GatewayApiView): Verdict[] {
  const { version, release } = config.istio;
  const wanted = release.gatewayApi;
  const found = unique(crds.map(({ annotations }) => annotations?.[BUNDLE_VERSION] ?? "unknown"));
  const newer = found.filter((bundle) => compare(bundle, wanted) > 0);
  const older = found.filter((bundle) => compare(bundle, wanted) < 0);
  if (config.gatewayApi === "existing") {
    if (crds.length === 0 || older.length > 0) {
      return [
        {
          severity: "warning",
          what:
            crds.length === 0
              ? "mesh:gatewayApi is existing, and the cluster has none of the Gateway API's CRDs."
              : `The cluster's Gateway API is of ${older.join(", ")}; Istio ${version} reads ${wanted}, and of older releases not every kind.`,
          why: "istiod ignores kinds that are missing or too old: routes of theirs have no effect.",
          fix: `Install the Gateway API ${wanted}, or set mesh:gatewayApi to install.`,
        },
      ];
    }
    return [
      ok(`The cluster's Gateway API ${found.join(", ")} is one that Istio ${version} reads.`),
    ];
  }
  const foreign = crds.filter((crd) => !isOurs(crd));
  if (foreign.length > 0) {
    return [
      {
        severity: "error",
        what: `The Gateway API's CRDs (${found.join(", ")}) are there already, made by ${unique(foreign.map(ownerOf)).join(", ")}.`,
        why: "Helm takes over no object of another owner: the release fails.",
        fix: "Set mesh:gatewayApi to existing, or hand them over as docs/preflight.md shows.",
      },
    ];
  }
  if (newer.length > 0) {
    return [
      {
        severity: "warning",
        what: `The Gateway API here is of ${newer.join(", ")}, newer than the ${wanted} that up installs for Istio ${version}.`,
        why: "An older CRD drops fields that newer objects have, and the API's own guard refuses it.",
        fix: "Set mesh:gatewayApi to existing, or raise mesh:istioVersion.",
      },
    ];
  }
  return [
    ok(
      crds.length === 0
        ? `The Gateway API ${wanted} is to be installed.`
        : `The Gateway API ${found.join(", ")} is ours.`,
    ),
  ];
}

function isOurs(crd: Metadata): boolean {
  const release = helmRelease(crd);
  return release?.name === RELEASE && release.namespace === SYSTEM_NAMESPACE;
}

/** By number: negative where `one` is the older release; 0 where either isn't a version. */
function compare(one: string, other: string): number {
  const parts = (text: string): number[] | undefined =>
    /^v?(\d+)\.(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number);
  const [left, right] = [parts(one), parts(other)];
  if (left === undefined || right === undefined) {
    return 0;
  }
  const index = left.findIndex((part, at) => part !== right[at]);
  return index < 0 ? 0 : (left[index] as number) - (right[index] as number);
}
