import type * as pulumi from "@pulumi/pulumi";
import { HttpsHost } from "../components/https/https-host";
import { OBSERVABILITY } from "../components/observability/constants";
import { Grafana } from "../components/observability/grafana";
import { Jaeger } from "../components/observability/jaeger";
import { Kiali } from "../components/observability/kiali";
import { KialiReader } from "../components/observability/kiali-reader";
import { Prometheus } from "../components/observability/prometheus";
import { Tracing } from "../components/observability/tracing";
import { remoteKubeconfig } from "../config/kubeconfig";
import type { ClusterConfig, PeerAccess } from "../config/model";
import type { ObservabilityConfig, WholeMeshConfig } from "../config/observability";

export interface ObservabilityStackArgs {
  readonly config: ClusterConfig;
  readonly observability: ObservabilityConfig;
  /** Name of a ClusterIssuer; nothing where no host enters by HTTPS. */
  readonly issuer: pulumi.Input<string> | undefined;
  /** Provider of a peer on which this stack may make an identity. */
  readonly peerProvider: (id: string) => pulumi.ProviderResource;
  /** Ready-made kubeconfigs of the peers on which it may not. */
  readonly providedKubeconfigs: Readonly<Record<string, pulumi.Output<string>>>;
  readonly istiod: pulumi.Resource;
}

/** What observability tells its operator. */
export interface ObservabilityOutputs {
  /** Of Grafana's user `admin` (secret). */
  readonly grafanaPassword: pulumi.Output<string> | undefined;
}

/** The part that one cluster has in the mesh's observability. */
export function observability(
  args: ObservabilityStackArgs,
  opts: pulumi.ComponentResourceOptions,
): ObservabilityOutputs {
  const { config, observability, istiod } = args;
  const { mesh, self } = config;
  const { namespace } = new Prometheus(
    "prometheus",
    {
      cluster: self.id,
      footprint: self.cloud.footprint,
      trustDomain: mesh.trustDomain,
      peers: config.peers.map(({ cluster }) => cluster.id),
      routes: config.theater?.routes ?? [],
      istioCni: config.istioCni !== "none",
      observability,
      istiod,
    },
    opts,
  );
  if (observability.tracing !== undefined) {
    const { samplingPercent } = observability.tracing;
    new Tracing("tracing", { samplingPercent, istiod }, opts);
  }
  return observability.whole === undefined
    ? { grafanaPassword: undefined }
    : wholeMesh(observability.whole, namespace, args, opts);
}

function wholeMesh(
  { jaeger, grafana, kiali }: WholeMeshConfig,
  namespace: pulumi.Output<string>,
  args: ObservabilityStackArgs,
  opts: pulumi.ComponentResourceOptions,
): ObservabilityOutputs {
  const { config, observability, istiod } = args;
  const { mesh, self } = config;
  const common = { namespace, trustDomain: mesh.trustDomain, istiod };
  const tracing = jaeger !== undefined;
  if (jaeger !== undefined) {
    new Jaeger("jaeger", { ...common, ...jaeger }, opts);
  }
  if (kiali !== undefined) {
    new Kiali(
      "kiali",
      {
        namespace,
        istiod,
        cluster: self.id,
        peers: Object.fromEntries(
          config.peers.map((peer) => [peer.cluster.id, kialiKubeconfig(peer, args)]),
        ),
        kiali,
        tracing,
        grafana: grafana !== undefined,
      },
      opts,
    );
  }
  if (grafana === undefined) {
    return { grafanaPassword: undefined };
  }
  const { password } = new Grafana(
    "grafana",
    {
      ...common,
      cluster: self.id,
      footprint: self.cloud.footprint,
      scrapeSeconds: observability.scrapeSeconds,
      grafana,
      tracing,
      gateway: gatewayOf(grafana.host, args, opts),
    },
    opts,
  );
  return { grafanaPassword: password };
}

function gatewayOf(
  host: string | undefined,
  { issuer, istiod }: ObservabilityStackArgs,
  opts: pulumi.ComponentResourceOptions,
): pulumi.Input<string> | undefined {
  return host !== undefined && issuer !== undefined
    ? new HttpsHost(
        "dashboards-host",
        {
          service: OBSERVABILITY.grafana,
          host,
          namespace: OBSERVABILITY.namespace,
          issuer,
          istiod,
        },
        opts,
      ).gateway
    : undefined;
}

/** A peer on which nothing may be made is read as istiod reads it. */
function kialiKubeconfig(
  peer: PeerAccess,
  { config, peerProvider, providedKubeconfigs }: ObservabilityStackArgs,
): pulumi.Output<string> {
  const { id } = peer.cluster;
  if (peer.kind === "provided") {
    return providedKubeconfigs[id] as pulumi.Output<string>;
  }
  const reader = new KialiReader(
    `observer-on-${id}`,
    { consumer: config.self.id },
    { provider: peerProvider(id) },
  );
  return reader.access.apply((access) =>
    remoteKubeconfig({ clusterId: id, server: peer.server, ...access }),
  );
}
