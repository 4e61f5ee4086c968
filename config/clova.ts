import { ConfigError, UserError } from "./errors";
import type { RawClova } from "./clova-schema";
import type { ClovaConfig } from "./model";

/**
 * The part that one cluster has in the Clova extension.
 *
 * @param clusters IDs of the mesh's clusters, in order
 * @returns nothing where no host is configured, or neither service nor gateway is this cluster's
 * @throws UserError for a cluster that the mesh doesn't have, or without an Extension ID
 */
export function clovaConfig(
  clova: RawClova,
  clusters: readonly string[],
  self: string,
): ClovaConfig | undefined {
  const { host } = clova;
  if (host === undefined) {
    return undefined;
  }
  const gateway = clovaGateway(clova, clusters);
  checkCluster(gateway, "mesh:clova.gateway", clusters);
  clova.clusters.forEach((name, index) =>
    checkCluster(name, `mesh:clova.clusters[${index}]`, clusters),
  );
  const runsOn = clova.clusters.length === 0 ? clusters : clova.clusters;
  const { replicas, image, applicationId, signatureKey, raspberryPiUrl } = clova;
  if (applicationId === undefined) {
    throw new UserError(
      "mesh:clova.applicationId is missing, without it the extension would answer other extensions' requests: write the Extension ID of the Clova console",
      2,
    );
  }
  const here: ClovaConfig = {
    host: gateway === self ? host : undefined,
    service: runsOn.includes(self)
      ? { replicas, image, applicationId, signatureKey, raspberryPiUrl }
      : undefined,
  };
  return here.host === undefined && here.service === undefined ? undefined : here;
}

/** ID of the cluster whose ingress gateway the host's DNS record names. */
export const clovaGateway = (clova: RawClova, clusters: readonly string[]): string =>
  clova.gateway ?? (clusters[0] as string);

function checkCluster(name: string, key: string, clusters: readonly string[]): void {
  if (!clusters.includes(name)) {
    throw new ConfigError(
      key,
      "a cluster of mesh:clusters",
      name,
      `write ${clusters.join(" or ")}`,
    );
  }
}
