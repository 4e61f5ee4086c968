import {
  EAST_WEST_GATEWAY,
  INGRESS_GATEWAY,
  SYSTEM_NAMESPACE,
} from "../../components/istio/constants";
import type { ClusterConfig } from "../../config/model";

/** An object of a fixed name that one of our releases of Istio's charts creates, besides CRDs. */
export interface HelmObject {
  readonly kind: string;
  readonly path: string;
  readonly release: string;
}

/** Our releases, all of them in istio-system. */
export const RELEASES = [
  "istio-crds",
  "istio-base",
  "istio-cni",
  "istiod",
  "gateway-api",
  INGRESS_GATEWAY,
  EAST_WEST_GATEWAY,
] as const;

const RBAC = "/apis/rbac.authorization.k8s.io/v1";
const ADMISSION = "/apis/admissionregistration.k8s.io/v1";
const CORE = `/api/v1/namespaces/${SYSTEM_NAMESPACE}`;
const APPS = `/apis/apps/v1/namespaces/${SYSTEM_NAMESPACE}`;

const object = (kind: string, path: string, release: string): HelmObject => ({
  kind,
  path,
  release,
});

const clusterRoles = [
  "istiod-clusterrole",
  "istiod-gateway-controller",
  "istio-reader-clusterrole",
];

const HELM_OBJECTS: readonly HelmObject[] = [
  ...clusterRoles.flatMap((name) => [
    object("ClusterRole", `${RBAC}/clusterroles/${name}-${SYSTEM_NAMESPACE}`, "istiod"),
    object(
      "ClusterRoleBinding",
      `${RBAC}/clusterrolebindings/${name}-${SYSTEM_NAMESPACE}`,
      "istiod",
    ),
  ]),
  object(
    "MutatingWebhookConfiguration",
    `${ADMISSION}/mutatingwebhookconfigurations/istio-sidecar-injector`,
    "istiod",
  ),
  object(
    "ValidatingWebhookConfiguration",
    `${ADMISSION}/validatingwebhookconfigurations/istio-validator-${SYSTEM_NAMESPACE}`,
    "istiod",
  ),
  object(
    "ValidatingWebhookConfiguration",
    `${ADMISSION}/validatingwebhookconfigurations/istiod-default-validator`,
    "istio-base",
  ),
  object("ServiceAccount", `${CORE}/serviceaccounts/istio-reader-service-account`, "istio-base"),
  object("ServiceAccount", `${CORE}/serviceaccounts/istiod`, "istiod"),
  object("ConfigMap", `${CORE}/configmaps/istio`, "istiod"),
  object("ConfigMap", `${CORE}/configmaps/istio-sidecar-injector`, "istiod"),
  ...["istiod", INGRESS_GATEWAY, EAST_WEST_GATEWAY].flatMap((name) => [
    object("Deployment", `${APPS}/deployments/${name}`, name),
    object("Service", `${CORE}/services/${name}`, name),
  ]),
];

const CNI_OBJECTS: readonly HelmObject[] = [
  ...["istio-cni", "istio-cni-repair-role"].map((name) =>
    object("ClusterRole", `${RBAC}/clusterroles/${name}`, "istio-cni"),
  ),
  ...["istio-cni", "istio-cni-repair-rolebinding"].map((name) =>
    object("ClusterRoleBinding", `${RBAC}/clusterrolebindings/${name}`, "istio-cni"),
  ),
  object("ServiceAccount", `${CORE}/serviceaccounts/istio-cni`, "istio-cni"),
  object("ConfigMap", `${CORE}/configmaps/istio-cni-config`, "istio-cni"),
  object("DaemonSet", `${APPS}/daemonsets/istio-cni-node`, "istio-cni"),
];

/**
 * Sources: manifests/charts/{base,istio-cni,istio-control/istio-discovery,gateway}/templates of
 * istio/istio. The end-to-end suite compares the list with what the releases have made.
 */
export const helmObjects = ({
  istioCni,
}: Pick<ClusterConfig, "istioCni">): readonly HelmObject[] => [
  ...HELM_OBJECTS,
  ...(istioCni === "install" ? CNI_OBJECTS : []),
];
