import type { Annotations, Footprint } from "../../config/clouds";
import type { Cluster, HelmValues, IstioSource } from "../../config/model";
import {
  CROSS_NETWORK_PORT,
  EAST_WEST_GATEWAY,
  GATEWAY_STATUS_PORT,
  INGRESS_GATEWAY,
  NETWORK_LABEL,
} from "./constants";
import { mergeValues } from "../helm/merge-values";

/** What decides the values of a gateway's chart. */
export interface GatewayValuesArgs {
  readonly cluster: Cluster;
  readonly istio: Pick<IstioSource, "values">;
  /** Whether the cluster has metrics to scale by. */
  readonly autoscale: boolean;
  /** See `mesh:connectionSeconds`. */
  readonly connectionSeconds: number;
}

/** Helm values of the gateway that the public enters by: HTTP, HTTPS and the status port. */
export function ingressGatewayValues(args: GatewayValuesArgs): HelmValues {
  const { cluster, istio } = args;
  return mergeValues(
    commonValues(INGRESS_GATEWAY, cluster.cloud.loadBalancer.ingress, args),
    {
      service: {
        ports: [port("status-port", GATEWAY_STATUS_PORT), port("http2", 80), port("https", 443)],
      },
    },
    istio.values.gateway,
    istio.values.ingressGateway,
  );
}

/**
 * Helm values of the gateway that peers enter by.
 *
 * The chart's own `networkGateway` would also publish 15012 and 15017, istiod's ports, which a
 * multi-primary mesh doesn't use across clusters; label, network view and port are all it stands for.
 */
export function eastWestGatewayValues(args: GatewayValuesArgs): HelmValues {
  const { cluster, istio } = args;
  return mergeValues(
    commonValues(EAST_WEST_GATEWAY, cluster.cloud.loadBalancer.eastWest, args),
    {
      labels: { [NETWORK_LABEL]: cluster.network },
      env: { ISTIO_META_REQUESTED_NETWORK_VIEW: cluster.network },
      service: { ports: [port("tls", CROSS_NETWORK_PORT)] },
    },
    istio.values.gateway,
    istio.values.eastWestGateway,
  );
}

/** What every gateway of the mesh is: spread, unprivileged, replaced and drained without a gap. */
function commonValues(
  name: string,
  annotations: Annotations,
  { cluster, autoscale, connectionSeconds }: GatewayValuesArgs,
): HelmValues {
  const { footprint } = cluster.cloud;
  return {
    name,
    // The chart's image is called "auto", which without this is pulled anew for every pod.
    imagePullPolicy: "IfNotPresent",
    service: { type: "LoadBalancer", annotations, externalTrafficPolicy: "Cluster" },
    securityContext: {
      seccompProfile: { type: "RuntimeDefault" },
      sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
    },
    resources: RESOURCES[footprint],
    ...scale(footprint, autoscale),
    ...replacement(DRAIN_SECONDS[footprint], connectionSeconds),
    topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map(
      (topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { app: name } },
        // Without it, the pods that a rollout is about to remove count as well.
        matchLabelKeys: ["pod-template-hash"],
      }),
    ),
  };
}

const port = (name: string, number: number) => ({
  name,
  port: number,
  targetPort: number,
  protocol: "TCP",
});

const RESOURCES: Readonly<Record<Footprint, HelmValues>> = {
  standard: {
    requests: { cpu: "100m", memory: "128Mi" },
    limits: { cpu: "2", memory: "1Gi" },
  },
  small: {
    requests: { cpu: "10m", memory: "40Mi" },
    limits: { cpu: "2", memory: "512Mi" },
  },
};

/** Without metrics an autoscaler would only complain; two replicas then outlive a node. */
const scale = (footprint: Footprint, autoscale: boolean): HelmValues =>
  autoscale
    ? {
        autoscaling: {
          enabled: true,
          minReplicas: 1,
          maxReplicas: 5,
          targetCPUUtilizationPercentage: 80,
        },
      }
    : { autoscaling: { enabled: false }, replicaCount: footprint === "standard" ? 2 : 1 };

/** How long every node may take to learn that a pod takes no new connections. */
const DRAIN_SECONDS: Readonly<Record<Footprint, number>> = { standard: 10, small: 5 };

/**
 * How a pod makes way for another: the new one is ready before the old one goes, and the old one
 * stays for its open connections (pilot-agent's EXIT_ON_ZERO_ACTIVE_CONNECTIONS) for as long as a busy
 * one may live. What is left then are idle ones.
 */
const replacement = (drainSeconds: number, connectionSeconds: number): HelmValues => ({
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  env: {
    EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true",
    MINIMUM_DRAIN_DURATION: `${drainSeconds}s`,
  },
  terminationGracePeriodSeconds: 2 * drainSeconds + connectionSeconds,
});
