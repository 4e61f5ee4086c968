import * as pulumi from "@pulumi/pulumi";
import type { CacertsPem } from "../../config/model";

/** CA files by cluster ID, as the trust stack exports them. */
export type CacertsOfAll = Readonly<Record<string, CacertsPem>>;

export interface OwnCacertsOptions {
  /** ID of the cluster whose files are wanted. */
  readonly cluster: string;
  /** Full name of the trust stack. */
  readonly stack: string;
  readonly isPreview: boolean;
}

/**
 * One cluster's CA files. The preview of a new cluster, e.g. in the pull request that adds it, goes on
 * without them; its deployment can't.
 *
 * @throws pulumi.RunError where the trust stack hasn't signed for the cluster yet
 */
export function ownCacerts(
  all: CacertsOfAll,
  { cluster, stack, isPreview }: OwnCacertsOptions,
): CacertsPem {
  const own = all[cluster];
  if (own !== undefined) {
    return own;
  }
  const problem = `Stack ${stack} has signed no intermediate for ${cluster}: run pulumi up --stack ${stack.split("/").at(-1)} after adding it to mesh:clusters`;
  if (!isPreview) {
    throw new pulumi.RunError(problem);
  }
  void pulumi.log.warn(problem);
  const pem = `to be signed by ${stack}`;
  return { caCert: pem, caKey: pem, rootCert: pem, certChain: pem };
}
