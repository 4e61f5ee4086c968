import type { Footprint } from "../../config/clouds";
import type { Cluster, HelmValues } from "../../config/model";
import {
  CROSS_NETWORK_PORT,
  EAST_WEST_GATEWAY,
  GATEWAY_STATUS_PORT,
  INGRESS_GATEWAY,
  NETWORK_LABEL,
} from "./constants";
import { mergeValues } from "./merge-values";

const port = (name: string, number: number) => ({
  name,
  port: number,
  targetPort: number,
  protocol: "TCP",
});

const SIZES: Readonly<Record<Footprint, HelmValues>> = {
  standard: {
    autoscaling: {
      enabled: true,
      minReplicas: 1,
      maxReplicas: 5,
      targetCPUUtilizationPercentage: 80,
    },
    podDisruptionBudget: { maxUnavailable: 1 },
  },
  small: {
    autoscaling: { enabled: false },
    replicaCount: 1,
    resources: { requests: { cpu: "10m", memory: "40Mi" } },
  },
};

/** What every gateway of the mesh is: spread over nodes, unprivileged, with the cloud's annotations. */
function commonValues(name: string, cluster: Cluster): HelmValues {
  return mergeValues(
    {
      name,
      // The chart's image is called "auto", which without this is pulled anew for every pod.
      imagePullPolicy: "IfNotPresent",
      service: { type: "LoadBalancer", annotations: cluster.cloud.loadBalancerAnnotations },
      securityContext: {
        seccompProfile: { type: "RuntimeDefault" },
        sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
      },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "kubernetes.io/hostname",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: { app: name } },
        },
      ],
    },
    SIZES[cluster.cloud.footprint],
  );
}

/** Helm values of the gateway that the public enters by: HTTP, HTTPS and the status port. */
export function ingressGatewayValues(cluster: Cluster, extra: HelmValues): HelmValues {
  return mergeValues(
    commonValues(INGRESS_GATEWAY, cluster),
    {
      service: {
        ports: [port("status-port", GATEWAY_STATUS_PORT), port("http2", 80), port("https", 443)],
      },
    },
    extra,
  );
}

/**
 * Helm values of the gateway that peers enter by.
 *
 * The chart's own `networkGateway` would also publish 15012 and 15017, istiod's ports, which a
 * multi-primary mesh doesn't use across clusters; label, network view and port are all it stands for.
 */
export function eastWestGatewayValues(cluster: Cluster, extra: HelmValues): HelmValues {
  return mergeValues(
    commonValues(EAST_WEST_GATEWAY, cluster),
    {
      labels: { [NETWORK_LABEL]: cluster.network },
      env: { ISTIO_META_REQUESTED_NETWORK_VIEW: cluster.network },
      service: { ports: [port("tls", CROSS_NETWORK_PORT)] },
    },
    extra,
  );
}
