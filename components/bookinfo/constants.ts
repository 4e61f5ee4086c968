/** Names of Bookinfo's objects, the same in every cluster. */
export const BOOKINFO = { name: "bookinfo", namespace: "bookinfo", port: 9080 } as const;

/** The host of a service of Bookinfo inside the mesh, in full. */
export const serviceHost = (service: string): string =>
  `${service}.${BOOKINFO.namespace}.svc.cluster.local`;

/** The service account of a service, named as in istio.io's own manifests. */
export const accountName = (service: string): string => `bookinfo-${service}`;
