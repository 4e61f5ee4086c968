import type { Check } from "../check";
import { apiServer } from "./api-server";
import { caExpiry } from "./ca-expiry";
import { caInUse } from "./ca-in-use";
import { clusterId } from "./cluster-id";
import { crossNetworkGateway } from "./cross-network-gateway";
import { deployed } from "./deployed";
import { echo } from "./echo";
import { echoAnswers } from "./echo-answers";
import { echoReady } from "./echo-ready";
import { gatewayAddress } from "./gateway-address";
import { gatewayReachable } from "./gateway-reachable";
import { gatewayReady } from "./gateway-ready";
import { gatewayTls } from "./gateway-tls";
import { httpsCertificate } from "./https-certificate";
import { intermediateCa } from "./intermediate-ca";
import { istioCniReady } from "./istio-cni-ready";
import { istioVersion } from "./istio-version";
import { istiodReady } from "./istiod-ready";
import { meshMtls } from "./mesh-mtls";
import { metrics } from "./metrics";
import { network } from "./network";
import { peerEndpoints } from "./peer-endpoints";
import { peerGateway } from "./peer-gateway";
import { peerSynced } from "./peer-synced";
import { remoteSecret } from "./remote-secret";
import { remoteStrangers } from "./remote-strangers";
import { remoteToken } from "./remote-token";
import { rootCa } from "./root-ca";
import { rootDistributed } from "./root-distributed";
import { versionSkew } from "./version-skew";
import { visibility } from "./visibility";

/** Every check, from what all else depends on to what depends on all else. */
export const CHECKS: readonly Check[] = [
  apiServer,
  visibility,
  deployed,
  istiodReady,
  istioCniReady,
  istioVersion,
  versionSkew,
  clusterId,
  rootCa,
  intermediateCa,
  caExpiry,
  rootDistributed,
  caInUse,
  meshMtls,
  network,
  gatewayReady,
  gatewayAddress,
  crossNetworkGateway,
  gatewayTls,
  httpsCertificate,
  remoteStrangers,
  remoteSecret,
  remoteToken,
  peerSynced,
  peerGateway,
  gatewayReachable,
  peerEndpoints,
  echoReady,
  echo,
  echoAnswers,
  metrics,
];
