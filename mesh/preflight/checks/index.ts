import type { CheckInfo, PreflightCheck } from "../check";
import { apiServer } from "./api-server";
import { addressRanges } from "./address-ranges";
import { admissionWebhooks } from "./admission-webhooks";
import { aggregatedApis } from "./aggregated-apis";
import { capacity } from "./capacity";
import { clockSkew } from "./clock-skew";
import { cloudProfile } from "./cloud-profile";
import { clusterIdentity } from "./cluster-identity";
import { cni } from "./cni";
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
import { metricsApi } from "./metrics-api";
import { mtlsExceptions } from "./mtls-exceptions";
import { nodes } from "./nodes";
import { peerApiServer } from "./peer-api-server";
import { permissions } from "./permissions";
import { podSecurity } from "./pod-security";
import { remoteSecrets } from "./remote-secrets";
import { stacksAgree } from "./stacks-agree";
import { storageClass } from "./storage-class";
import { systemNamespace } from "./system-namespace";
import { takenNames } from "./taken-names";
import { trustRoot } from "./trust-root";

/** Every check but `api-server`, which is what all of them meet with; in the order they are shown in. */
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
  capacity,
  cloudProfile,
  cni,
  storageClass,
  metricsApi,
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

export const ALL_CHECKS: readonly CheckInfo[] = [apiServer, ...CHECKS];
