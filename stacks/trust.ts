import * as pulumi from "@pulumi/pulumi";
import { RedisPassword } from "../components/theater/redis-password";
import { IntermediateCa } from "../components/trust/intermediate-ca";
import { pkiPlan } from "../components/trust/pki-plan";
import { RootCa } from "../components/trust/root-ca";
import type { TrustConfig } from "../config/model";
import type { CacertsByCluster, TrustOutputs } from "./outputs";

/**
 * The mesh's certificate authority: its roots, and an intermediate per cluster.
 *
 * What it exports is what the clusters' stacks read; the roots' keys are not among it.
 */
export function trustStack({ mesh, pki, theater }: TrustConfig): TrustOutputs {
  const plan = pkiPlan(pki, mesh.clusters);
  const roots = new Map(
    plan.roots.map(
      ({ generation }) =>
        [
          generation,
          new RootCa(`root-${generation}`, { meshId: mesh.id, generation, pki }),
        ] as const,
    ),
  );
  const bundle = pulumi
    .all([...roots.values()].map((root) => root.certPem))
    .apply((pems) => pems.join(""));
  const intermediates = plan.intermediates.map(
    ({ name, cluster, generation, root }) =>
      new IntermediateCa(name, {
        meshId: mesh.id,
        cluster,
        generation,
        pki,
        root: roots.get(root) as RootCa,
        rootBundle: bundle,
      }),
  );
  const cacerts: CacertsByCluster = pulumi.secret(
    Object.fromEntries(intermediates.map((ca) => [ca.cluster, ca.cacerts])),
  );
  const redis = theater ? new RedisPassword("theater-redis") : undefined;
  return {
    cacerts,
    rootCertificates: bundle,
    rootFingerprints: pulumi.all([...roots.values()].map((root) => root.fingerprint)),
    intermediates: Object.fromEntries(intermediates.map((ca) => [ca.cluster, ca.validUntil])),
    ...(redis && { theaterRedisPassword: redis.password }),
  };
}
