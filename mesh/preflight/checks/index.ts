import type { PreflightCheck } from "../check";
import { addressRanges } from "./address-ranges";
import { admissionWebhooks } from "./admission-webhooks";
import { aggregatedApis } from "./aggregated-apis";
import { clockSkew } from "./clock-skew";
import { clusterIdentity } from "./cluster-identity";
import { foreignIstio } from "./foreign-istio";
import { gatewayApi } from "./gateway-api";
import { helmOwnership } from "./helm-ownership";
import { helmReleases } from "./helm-releases";
import { istioSource } from "./istio-source";
import { istioUpgrade } from "./istio-upgrade";
import { kubeconfigAddress } from "./kubeconfig-address";
import { kubeconfigLogin } from "./kubeconfig-login";
import { kubernetesVersion } from "./kubernetes-version";
import { loadBalancer } from "./load-balancer";
import { mtlsExceptions } from "./mtls-exceptions";
import { nodes } from "./nodes";
import { peerApiServer } from "./peer-api-server";
import { permissions } from "./permissions";
import { podSecurity } from "./pod-security";
import { remoteSecrets } from "./remote-secrets";
import { stacksAgree } from "./stacks-agree";
import { systemNamespace } from "./system-namespace";
import { takenNames } from "./taken-names";
import { trustRoot } from "./trust-root";

/** Every check but `api-server`, which comes before and after them all; in the order they are shown in. */
export const CHECKS: readonly PreflightCheck[] = [
  stacksAgree,
  trustRoot,
  istioSource,
  kubeconfigLogin,
  kubeconfigAddress,
  clusterIdentity,
  peerApiServer,
  clockSkew,
  addressRanges,
  kubernetesVersion,
  nodes,
  permissions,
  systemNamespace,
  podSecurity,
  loadBalancer,
  aggregatedApis,
  admissionWebhooks,
  gatewayApi,
  foreignIstio,
  helmReleases,
  helmOwnership,
  takenNames,
  remoteSecrets,
  istioUpgrade,
  mtlsExceptions,
];
