/** Names of the Clova extension's objects, the same in every cluster. */
export const CLOVA = {
  name: "mrdebugger",
  namespace: "mrdebugger",
  /** Port of the Service. */
  servicePort: 80,
  /** Port of the pods. */
  port: 8080,
  /** Port of liveness and metrics. */
  managementPort: 9090,
} as const;
