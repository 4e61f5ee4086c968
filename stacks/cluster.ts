import * as pulumi from "@pulumi/pulumi";
import { Echo } from "../components/echo/echo";
import { ConnectionRotation } from "../components/istio/connection-rotation";
import { ControlPlane } from "../components/istio/control-plane";
import { CrossNetworkGateway } from "../components/istio/cross-network-gateway";
import { EastWestGateway } from "../components/istio/east-west-gateway";
import { GatewayApi } from "../components/istio/gateway-api";
import { IngressGateway } from "../components/istio/ingress-gateway";
import { IstioCni } from "../components/istio/istio-cni";
import { IstioBase } from "../components/istio/istio-base";
import { IstioCrds } from "../components/istio/istio-crds";
import { MeshMtls } from "../components/istio/mesh-mtls";
import { ReaderIdentity } from "../components/istio/reader-identity";
import { RemoteSecret } from "../components/istio/remote-secret";
import { SystemNamespace } from "../components/istio/system-namespace";
import { TRACING_MESH_CONFIG } from "../components/observability/tracing";
import { Cacerts } from "../components/trust/cacerts";
import { ISTIO_CRDS } from "../config/istio-crds";
import { remoteKubeconfig } from "../config/kubeconfig";
import { ownCacerts, type CacertsOfAll } from "../components/trust/own-cacerts";
import type { CacertsPem, ClusterConfig, PeerAccess } from "../config/model";
import type { Secrets } from "../config/read";
import { bookinfoSample } from "./bookinfo";
import { firstSteps } from "./first-steps";
import { clovaExtension } from "./clova";
import { certificateIssuer, publicHost } from "./https";
import { observability } from "./observability";
import type { ClusterOutputs } from "./outputs";
import { podSecurityWarning } from "./pod-security-warning";
import { platform } from "./platform";
import { clusterProvider } from "./provider";
import { pageGateway, redisPassword, theater } from "./theater";

/** One cluster of the mesh, and its view of every peer. */
export function clusterStack(config: ClusterConfig, secrets: Secrets): ClusterOutputs {
  const { mesh, self, istio, peers } = config;
  const opts = { provider: clusterProvider(self.id, kubeconfigOf(secrets, self.id)) };
  const peerProvider = onePerPeer(secrets);

  const prepared = platform(config.platform, opts);
  const system = new SystemNamespace(
    "system",
    { cluster: self, mode: config.systemNamespace },
    opts,
  );
  const trust = trustStack(config.trust);
  const cacerts = new Cacerts(
    "cacerts",
    { namespace: system.name, cacerts: secrets.cacerts ?? trustedCacerts(trust, self.id) },
    opts,
  );
  const gatewayApi =
    config.gatewayApi === "install"
      ? new GatewayApi(
          "gateway-api",
          { namespace: system.name, version: istio.release.gatewayApi, onDestroy: config.crds },
          opts,
        )
      : undefined;
  const crds =
    istio.crds === undefined
      ? undefined
      : new IstioCrds(
          "istio-crds",
          { namespace: system.name, minor: istio.crds, onDestroy: config.crds },
          opts,
        );
  const base = new IstioBase(
    "istio-base",
    {
      namespace: system.name,
      istio,
      excludedCrds: crds ? ISTIO_CRDS : [],
      after: [...(gatewayApi ? [gatewayApi.release] : []), ...(crds ? [crds.release] : [])],
    },
    opts,
  );
  const istioCni = config.istioCni !== "none";
  const nodesReady =
    config.istioCni === "install"
      ? [
          new IstioCni(
            "istio-cni",
            { namespace: system.name, cluster: self, istio, after: [base.release, ...prepared] },
            opts,
          ).release,
        ]
      : prepared;
  const autoscale = config.platform.metrics !== "none";
  const controlPlane = new ControlPlane(
    "control-plane",
    {
      namespace: system.name,
      mesh,
      cluster: self,
      istio,
      remoteCredentials: config.remoteCredentials,
      istioCni: config.istioCni,
      autoscale,
      meshConfig: config.observability?.tracing && TRACING_MESH_CONFIG,
      after: [cacerts.secret, base.release, ...nodesReady],
    },
    opts,
  );

  const { istiod } = controlPlane;
  new MeshMtls("mesh-mtls", { mode: config.mtls, reason: config.mtlsReason, istiod }, opts);
  const { connectionSeconds } = config;
  if (connectionSeconds > 0) {
    new ConnectionRotation("connection-rotation", { seconds: connectionSeconds, istiod }, opts);
  }
  const gatewayArgs = {
    namespace: system.name,
    cluster: self,
    istio,
    autoscale,
    connectionSeconds,
    istiod,
  };
  const ingress = new IngressGateway("ingress-gateway", gatewayArgs, opts);
  const eastWest = new EastWestGateway("east-west-gateway", gatewayArgs, opts);
  new CrossNetworkGateway(
    "cross-network-gateway",
    { hosts: config.crossNetworkHosts, istiod },
    opts,
  );

  for (const peer of peers) {
    new RemoteSecret(
      `peer-${peer.cluster.id}`,
      {
        namespace: system.name,
        clusterId: peer.cluster.id,
        kubeconfig: peerKubeconfig(peer, config, secrets, peerProvider),
      },
      opts,
    );
  }

  const warning = podSecurityWarning(config);
  if (warning !== undefined) {
    void pulumi.log.warn(warning);
  }
  const issuer = config.https && certificateIssuer(config.https, config, opts);
  if (config.clova !== undefined) {
    clovaExtension(config.clova, { cluster: self, mesh, issuer, istioCni, istiod }, opts);
  }
  if (config.theater !== undefined) {
    const password = secrets.theaterRedisPassword ?? trustedRedisPassword(trust);
    theater(
      config.theater,
      {
        cluster: self,
        mesh,
        issuer,
        redisPassword: password,
        pageGateway: pageGateway(config, peerProvider, secrets.theaterControlToken),
        autoscale,
        istioCni,
        istiod,
      },
      opts,
    );
  }
  if (config.bookinfo !== undefined) {
    bookinfoSample(config.bookinfo, { cluster: self, mesh, issuer, istioCni, istiod }, opts);
  }
  if (config.firstSteps !== undefined) {
    firstSteps(config.firstSteps, istiod, opts);
  }
  const observed =
    config.observability &&
    observability(
      {
        config,
        observability: config.observability,
        issuer,
        peerProvider,
        providedKubeconfigs: secrets.remoteKubeconfigs,
        istiod,
      },
      opts,
    );
  if (config.echoImage !== undefined) {
    new Echo("echo", { cluster: self, image: config.echoImage, istioCni, istiod }, opts);
  }

  return {
    cluster: self.id,
    network: self.network,
    peers: peers.map(({ cluster }) => cluster.id),
    istioVersion: istio.version,
    eastWestAddress: eastWest.address,
    ingressAddress: ingress.address,
    publicHosts: (config.https?.hosts ?? []).map((host) => publicHost(host, ingress.address)),
    ...(observed?.grafanaPassword && { grafanaPassword: observed.grafanaPassword }),
  };
}

/** The kubeconfig by which this cluster's istiod reads a peer; its identity is made where it's ours to make. */
function peerKubeconfig(
  peer: PeerAccess,
  config: ClusterConfig,
  secrets: Secrets,
  providerOf: PeerProvider,
): pulumi.Output<string> {
  const { id } = peer.cluster;
  if (peer.kind === "provided") {
    return secrets.remoteKubeconfigs[id] as pulumi.Output<string>;
  }
  const reader = new ReaderIdentity(
    `reader-on-${id}`,
    { consumer: config.self.id, remoteCredentials: config.remoteCredentials },
    { provider: providerOf(id) },
  );
  return reader.access.apply((access) =>
    remoteKubeconfig({ clusterId: id, server: peer.server, ...access }),
  );
}

type PeerProvider = (id: string) => pulumi.ProviderResource;

/** Providers of peers, each made when it is first asked for. */
function onePerPeer(secrets: Secrets): PeerProvider {
  const made = new Map<string, pulumi.ProviderResource>();
  return (id) => {
    const provider = made.get(id) ?? clusterProvider(id, kubeconfigOf(secrets, id));
    made.set(id, provider);
    return provider;
  };
}

interface TrustStack {
  /** `organization/project/stack` */
  readonly name: string;
  readonly stack: pulumi.StackReference;
}

/** The stack that others take the mesh's secrets from; nothing where the configuration brings them. */
function trustStack(trust: ClusterConfig["trust"]): TrustStack | undefined {
  if (trust.kind === "provided") {
    return undefined;
  }
  const name = trust.name.includes("/")
    ? trust.name
    : `${pulumi.getOrganization()}/${pulumi.getProject()}/${trust.name}`;
  return { name, stack: new pulumi.StackReference("trust", { name }) };
}

/** A cluster's CA files, as the trust stack exports them. */
function trustedCacerts(trust: TrustStack | undefined, cluster: string): pulumi.Output<CacertsPem> {
  const { name, stack } = known(trust);
  return stack
    .requireOutput("cacerts")
    .apply((all: CacertsOfAll) =>
      ownCacerts(all, { cluster, stack: name, isPreview: pulumi.runtime.isDryRun() }),
    );
}

function trustedRedisPassword(trust: TrustStack | undefined): pulumi.Output<string> {
  const { name, stack } = known(trust);
  return pulumi.secret(
    stack
      .getOutput("theaterRedisPassword")
      .apply((password) => redisPassword(password, name, pulumi.runtime.isDryRun())),
  );
}

function known(trust: TrustStack | undefined): TrustStack {
  if (trust === undefined) {
    throw new Error("The configuration's own secrets were lost on the way");
  }
  return trust;
}

const kubeconfigOf = (secrets: Secrets, id: string): pulumi.Output<string> =>
  secrets.kubeconfigs[id] as pulumi.Output<string>;
