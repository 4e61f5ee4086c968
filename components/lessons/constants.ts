/** Names of the first steps' objects. */
export const LESSONS = {
  namespace: "first-steps",
  app: "hello",
  /** Port of the Service. */
  servicePort: 80,
  port: 8080,
  managementPort: 9090,
  /** Where the Secret's file appears in the pods. */
  tokenFolder: "/etc/hello",
  ingressClass: "istio",
} as const;

export const LABELS = { app: LESSONS.app } as const;

/** Names of the dashboard's objects. */
export const DASHBOARD = {
  namespace: "headlamp",
  /** The account to log in as, and its binding. */
  viewer: "headlamp-viewer",
} as const;
