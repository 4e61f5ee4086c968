import { definedSubsets } from "./mesh/defined-subsets";
import { meshGateway } from "./mesh/mesh-gateway";
import { privateIstiod } from "./mesh/private-istiod";
import { reachableRoutes } from "./mesh/reachable-routes";
import { routeWeights } from "./mesh/route-weights";
import { strictMtls } from "./mesh/strict-mtls";
import type { MeshPolicy } from "./policy";
import { caKeys } from "./secrets/ca-keys";
import { encryptedConfig } from "./secrets/encrypted-config";
import { encryptedKeys } from "./secrets/encrypted-keys";
import { keysInSecrets } from "./secrets/keys-in-secrets";
import { rootCa } from "./secrets/root-ca";
import { clusterIdentifier } from "./stacks/cluster-identifier";
import { explicitProvider } from "./stacks/explicit-provider";
import { capabilities } from "./workloads/capabilities";
import { images } from "./workloads/images";
import { nonRoot } from "./workloads/non-root";
import { privilegeEscalation } from "./workloads/privilege-escalation";
import { probes } from "./workloads/probes";
import { readOnlyRoot } from "./workloads/read-only-root";
import { resources } from "./workloads/resources";
import { seccomp } from "./workloads/seccomp";

/** Every policy of the pack; docs/policies.md says of each what it refuses and why. */
export const policies: readonly MeshPolicy[] = [
  // Secrets
  encryptedConfig,
  encryptedKeys,
  keysInSecrets,
  caKeys,
  rootCa,

  // The mesh
  strictMtls,
  privateIstiod,
  reachableRoutes,
  routeWeights,
  definedSubsets,
  meshGateway,

  // Workloads
  images,
  resources,
  probes,
  nonRoot,
  readOnlyRoot,
  capabilities,
  privilegeEscalation,
  seccomp,

  // Stacks
  clusterIdentifier,
  explicitProvider,
];
