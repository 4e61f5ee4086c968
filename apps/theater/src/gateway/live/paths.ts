/** Where the theater is in a cluster. */
const NAMESPACE = "theater-msa";

/** More pods than a page could show. */
const MOST_PODS = 500;

export const PODS_PATH = `/api/v1/namespaces/${NAMESPACE}/pods?limit=${MOST_PODS}`;

/** @param service e.g. `user-service` */
export const routePath = (service: string): string =>
  `/apis/networking.istio.io/v1/namespaces/${NAMESPACE}/virtualservices/${service}`;
