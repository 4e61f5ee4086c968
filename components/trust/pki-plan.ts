import type { Cluster } from "../../config/model";
import type { PkiConfig } from "../../config/schema";

/** Which certificates the trust stack makes. */
export interface PkiPlan {
  /** In the order in which they stand in every cluster's root-cert.pem. */
  readonly roots: readonly { readonly generation: number }[];
  readonly intermediates: readonly IntermediatePlan[];
}

export interface IntermediatePlan {
  /** Logical name; a new root or generation is a new name, so old and new can exist side by side. */
  readonly name: string;
  /** Cluster ID. */
  readonly cluster: string;
  readonly generation: number;
  /** Generation of the root that signs it. */
  readonly root: number;
}

/** The roots named in the configuration, and one intermediate per cluster signed by the signing root. */
export function pkiPlan(pki: PkiConfig, clusters: readonly Cluster[]): PkiPlan {
  const root = pki.signer ?? pki.roots[0];
  return {
    roots: pki.roots.map((generation) => ({ generation })),
    intermediates: clusters.map(({ id }) => {
      const generation = pki.intermediates[id] ?? 1;
      return { name: `intermediate-${id}-${root}-${generation}`, cluster: id, generation, root };
    }),
  };
}
