import type * as k8s from "@pulumi/kubernetes";

/** User and group of our images; above 10000, so that it is nobody's on the node (kube-score). */
export const NONROOT_ID = 65532;

/** Pod settings that every workload of ours runs with (Pod Security Standard "restricted"). */
export const hardenedPod = {
  securityContext: {
    runAsNonRoot: true,
    runAsUser: NONROOT_ID,
    runAsGroup: NONROOT_ID,
    seccompProfile: { type: "RuntimeDefault" },
  },
  automountServiceAccountToken: false,
} as const satisfies Partial<k8s.types.input.core.v1.PodSpec>;

/** Container settings that every workload of ours runs with. */
export const hardenedContainer = {
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
} satisfies Partial<k8s.types.input.core.v1.Container>;

/** Two probes with two meanings: restart me, and send me traffic. */
export const httpProbes = (port: string, live: string, ready: string) => ({
  livenessProbe: { httpGet: { path: live, port }, periodSeconds: 10, failureThreshold: 3 },
  readinessProbe: { httpGet: { path: ready, port }, periodSeconds: 3, failureThreshold: 2 },
});
