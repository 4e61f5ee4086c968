import { UserError } from "./errors";

/** One minor release of Istio and what it was made to run with. */
export interface IstioRelease {
  /** Oldest and newest Kubernetes minor it supports, e.g. `["1.32", "1.36"]`. */
  readonly kubernetes: readonly [oldest: string, newest: string];
  /** Gateway API release whose CRDs it reads; istiod silently ignores older ones. */
  readonly gatewayApi: string;
}

/**
 * The Istio minors this program deploys.
 *
 * Sources: istio.io/latest/docs/releases/supported-releases (Kubernetes),
 * pkg/config/schema/gatewayapi/minimumversions.go and go.mod of each release branch (Gateway API),
 * read 2026-11.
 */
export const ISTIO_RELEASES: Readonly<Record<string, IstioRelease>> = {
  "1.30": { kubernetes: ["1.32", "1.36"], gatewayApi: "1.5.1" },
  "1.31": { kubernetes: ["1.32", "1.36"], gatewayApi: "1.6.0" },
};

/** `1.31.1` and `v1.31.1-gke.3` ⇒ `1.31`; nothing when the text is no version. */
export function minorOf(version: string): string | undefined {
  return /^v?(\d+\.\d+)(?:[.+-].*)?$/.exec(version)?.[1];
}

/** Whether the minor `version` lies within both ends of `range`. */
export function withinMinors(
  version: string,
  [oldest, newest]: readonly [string, string],
): boolean {
  const number = (minor: string): number => Number(minor.split(".")[1]);
  const major = (minor: string): string | undefined => minor.split(".")[0];
  return (
    major(version) === major(oldest) &&
    number(version) >= number(oldest) &&
    number(version) <= number(newest)
  );
}

/** A pair of versions to check: the cluster's Kubernetes version is optional, it may not be declared. */
export interface VersionPair {
  readonly istio: string;
  readonly cluster: string;
  readonly kubernetes?: string | undefined;
}

/**
 * Refuses an Istio version, or a Kubernetes version under it, that is not in {@link ISTIO_RELEASES}.
 *
 * @throws UserError naming the versions that work and the key that overrides the check
 */
export function checkSupported({ istio, cluster, kubernetes }: VersionPair): void {
  const override = "or set mesh:allowUnsupportedVersions to true";
  const release = istioRelease(istio);
  if (release === undefined) {
    throw new UserError(
      `mesh:istioVersion ${istio} is not supported: write a version of Istio ${Object.keys(ISTIO_RELEASES).join(" or ")}, ${override}`,
      2,
    );
  }
  const minor = kubernetes === undefined ? undefined : minorOf(kubernetes);
  if (minor !== undefined && !withinMinors(minor, release.kubernetes)) {
    const [oldest, newest] = release.kubernetes;
    throw new UserError(
      `Cluster ${cluster} runs Kubernetes ${kubernetes}, which Istio ${istio} does not support: use Kubernetes ${oldest} to ${newest}${alternatives(minor)}, ${override}`,
      2,
    );
  }
}

/** The row of {@link ISTIO_RELEASES} for a full version, if there is one. */
export const istioRelease = (version: string): IstioRelease | undefined =>
  ISTIO_RELEASES[minorOf(version) ?? ""];

/** The newest release, taken where an unsupported version was allowed on purpose. */
export const newestIstioRelease = (): IstioRelease =>
  Object.values(ISTIO_RELEASES).at(-1) as IstioRelease;

function alternatives(kubernetesMinor: string): string {
  const fitting = Object.entries(ISTIO_RELEASES)
    .filter(([, release]) => withinMinors(kubernetesMinor, release.kubernetes))
    .map(([minor]) => minor);
  return fitting.length > 0 ? `, or Istio ${fitting.join(" or ")}` : "";
}
