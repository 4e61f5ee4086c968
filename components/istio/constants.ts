/** Names that several objects of the mesh have to agree on; each has its only home here. */

export const SYSTEM_NAMESPACE = "istio-system";

/** DNS name of istiod's serving certificate. */
export const ISTIOD_SERVICE = `istiod.${SYSTEM_NAMESPACE}.svc`;

/** Label by which istiod tells networks apart, on namespaces, Services and pods. */
export const NETWORK_LABEL = "topology.istio.io/network";

/** Port on which an east-west gateway takes mTLS traffic of other networks. */
export const CROSS_NETWORK_PORT = 15443;

/** Port of a gateway's own readiness. */
export const GATEWAY_STATUS_PORT = 15021;

export const INGRESS_GATEWAY = "istio-ingressgateway";
export const EAST_WEST_GATEWAY = "istio-eastwestgateway";

/** The Secret that istiod takes its CA from. */
export const CACERTS_SECRET = "cacerts";

/** Annotation that says why an object allows weaker mTLS than the mesh; the policy pack asks for it. */
export const MTLS_REASON_ANNOTATION = "mesh/reason";

/** Label and annotation of a remote secret (pkg/kube/multicluster/secretcontroller.go). */
export const MULTI_CLUSTER_LABEL = "istio/multiCluster";
export const REMOTE_CLUSTER_ANNOTATION = "networking.istio.io/cluster";
