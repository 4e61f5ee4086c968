/** Namespace of cert-manager and of what its cluster-wide issuers keep secret. */
export const CERT_MANAGER_NAMESPACE = "cert-manager";

/** API version of Certificate and ClusterIssuer. */
export const CERT_MANAGER_API = "cert-manager.io/v1";

/** Value of the annotation `kubernetes.io/ingress.class` of Ingresses that Istio's gateway serves. */
export const ISTIO_INGRESS_CLASS = "istio";

/** API version of Istio's traffic objects. */
export const NETWORKING_API = "networking.istio.io/v1";
