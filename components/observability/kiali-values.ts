import type * as pulumi from "@pulumi/pulumi";
import type { HelmValues } from "../../config/model";
import type { ChartConfig } from "../../config/observability";
import { mergeValues } from "../helm/merge-values";
import { SYSTEM_NAMESPACE } from "../istio/constants";
import { OBSERVABILITY, OBSERVABILITY_PORTS, prometheusUrl, serviceHost } from "./constants";

export interface KialiValuesArgs {
  /** ID of the cluster, whose Prometheus sees the whole mesh. */
  readonly cluster: string;
  /** IDs of the others. */
  readonly peers: readonly string[];
  readonly kiali: ChartConfig;
  readonly tracing: boolean;
  readonly grafana: boolean;
  /** What signs the sessions of who logs in: 16 characters (secret). */
  readonly signingKey: pulumi.Input<string>;
}

/** Secret with the kubeconfig of a peer, under the peer's ID. */
export const peerSecret = (peer: string): string => `kiali-peer-${peer}`;

/**
 * Helm values of the chart kiali-server.
 *
 * Over several clusters Kiali knows no login but OpenID Connect (kiali.io "Multi-cluster"). Without
 * one it asks nobody who they are, can change nothing, and is within reach of kubectl port-forward
 * alone; `values.auth` sets OpenID Connect.
 */
export const kialiValues = ({
  cluster,
  peers,
  kiali,
  tracing,
  grafana,
  signingKey,
}: KialiValuesArgs): HelmValues =>
  mergeValues(
    {
      fullnameOverride: OBSERVABILITY.kiali,
      istio_namespace: SYSTEM_NAMESPACE,
      auth: { strategy: "anonymous" },
      deployment: {
        instance_name: OBSERVABILITY.kiali,
        view_only_mode: true,
        image_pull_policy: "IfNotPresent",
        pod_labels: { "sidecar.istio.io/inject": "true" },
        ingress: { enabled: false },
        security_context: {
          allowPrivilegeEscalation: false,
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          capabilities: { drop: ["ALL"] },
          seccompProfile: { type: "RuntimeDefault" },
        },
      },
      kubernetes_config: { cluster_name: cluster },
      clustering: {
        // Named, since what the chart looks up by itself it doesn't see in a preview.
        autodetect_secrets: { enabled: false },
        clusters: peers.map((name) => ({ name, secret_name: peerSecret(name) })),
      },
      external_services: {
        prometheus: { url: prometheusUrl(cluster) },
        grafana: {
          enabled: grafana,
          internal_url: `http://${serviceHost(OBSERVABILITY.grafana)}:${OBSERVABILITY_PORTS.grafana}`,
        },
        tracing: {
          enabled: tracing,
          provider: "jaeger",
          use_grpc: false,
          internal_url: `http://${serviceHost(OBSERVABILITY.jaeger)}:${OBSERVABILITY_PORTS.jaeger}`,
        },
      },
      // The chart would make up another one each time.
      login_token: { signing_key: signingKey },
    },
    kiali.values,
  );
