/**
 * Annotations by which a load balancer gets no public address, with the value that says so.
 *
 * Sources: NAVER guide.ncloud-docs.com/docs/k8s-k8suse-loadbalancer, NHN NKS user guide, and the
 * Kubernetes documentation of internal load balancers for the others.
 */
const INTERNAL: readonly (readonly [annotation: string, value: RegExp])[] = [
  ["service.beta.kubernetes.io/ncloud-load-balancer-internal", /^true$/],
  ["service.beta.kubernetes.io/openstack-internal-load-balancer", /^true$/],
  ["networking.gke.io/load-balancer-type", /^internal$/i],
  ["cloud.google.com/load-balancer-type", /^internal$/i],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", /^true$/],
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", /^internal$/],
  ["service.beta.kubernetes.io/aws-load-balancer-internal", /^(true|0\.0\.0\.0\/0)$/],
];

/** Whether the annotations of a Service keep its load balancer from the public. */
export const isInternal = (annotations: Readonly<Record<string, string>>): boolean =>
  INTERNAL.some(([annotation, value]) => value.test(annotations[annotation] ?? ""));
