import type { ClusterConfig } from "../../config/model";
import { remoteKubeconfig } from "../../config/kubeconfig";
import { READER_VERBS, READER_RULES } from "../../components/istio/reader-rules";
import {
  Unseen,
  type FactName,
  type Facts,
  type Sight,
  type Workload,
} from "../../mesh/check/facts";
import type { World } from "../../mesh/check/check";
import { cacertsOf, rootAuthority, signedBy, type Authority } from "./certificate-authority";
import { clusterNames, rawConfig } from "./config";
import { healthyHost } from "./hosts";
import { meshOf } from "./preflight";

/** In whole seconds, as certificates have it: those that are made later live as long from here. */
export const NOW = new Date(Math.floor(Date.now() / 1000) * 1000);

const SERVER = (index: number): string => `https://192.0.2.${index + 1}:6443`;
const GATEWAY = (index: number): string => `198.51.100.${index + 1}`;
const ECHO_PORT = { host: "echo.echo.svc.cluster.local", port: 8080 };

/** A mesh in which everything is in order, as `gather` would have seen it. */
export interface HealthyMesh {
  readonly sights: readonly Sight[];
  readonly world: World;
  readonly root: Authority;
  /** The clusters' own CAs, in their order. */
  readonly intermediates: readonly Authority[];
}

/** Certificates are made once per number of clusters. */
export async function healthyMesh(count: number): Promise<HealthyMesh> {
  const names = clusterNames(count);
  const raw = {
    ...rawConfig(names, {
      echo: true,
      istioCni: "install",
      observability: { enabled: true },
    }),
    clusters: names.map((name, index) => ({ name, apiServer: SERVER(index) })),
  };
  const { members, mesh } = meshOf(Object.fromEntries(names.map((name) => [name, raw])));
  const root = await rootAuthority("root");
  const intermediates = await Promise.all(names.map((name) => signedBy(root, name)));
  const sights = await Promise.all(
    members.map(async ({ settings: { config } }, index): Promise<Sight> => {
      const intermediate = intermediates[index] as Authority;
      return {
        cluster: config.self,
        config,
        facts: await healthyFacts(config, index, names, root, intermediate),
      };
    }),
  );
  return { sights, world: { mesh, now: NOW, roots: undefined }, root, intermediates };
}

async function healthyFacts(
  { self, peers, istio, crossNetworkHosts }: ClusterConfig,
  index: number,
  names: readonly string[],
  root: Authority,
  intermediate: Authority,
): Promise<Facts> {
  const cacerts = await cacertsOf(root, intermediate);
  const serving = await signedBy(intermediate, "istiod", undefined, "spiffe://istiod");
  const echo = await signedBy(
    intermediate,
    "echo",
    undefined,
    "spiffe://cluster.local/ns/echo/sa/echo",
  );
  const label = { "topology.istio.io/network": self.network };
  const pod = (name: string, app: string) => ({
    name,
    labels: { app, istio: app.replace("istio-", "") },
    isReady: true,
    containers: [{ name: app, restarts: 0 }],
  });
  const workload = (name: string): Workload => ({
    name,
    wanted: 1,
    available: 1,
    image: name === "istiod" ? `docker.io/istio/pilot:${istio.version}` : "auto",
    env: name === "istiod" ? { CLUSTER_ID: self.id } : {},
    selector: { app: name, istio: name.replace("istio-", "") },
  });
  const ids = peers.map(({ cluster }) => cluster.id);
  const perPeer = <T>(value: (id: string, index: number) => T): Record<string, T> =>
    Object.fromEntries(ids.map((id) => [id, value(id, names.indexOf(id))]));
  return {
    apiServer: { version: "v1.33.4" },
    systemNamespace: { labels: label },
    istiods: [workload("istiod")],
    gateways: [workload("istio-eastwestgateway"), workload("istio-ingressgateway")],
    pods: [
      pod("istiod-1", "istiod"),
      pod("east-west-1", "istio-eastwestgateway"),
      pod("ingress-1", "istio-ingressgateway"),
      { ...pod("istio-cni-1", "istio-cni"), labels: { "k8s-app": "istio-cni-node" } },
    ],
    cacerts,
    remoteSecrets: ids.map((id) => ({
      name: `istio-remote-secret-${id}`,
      annotation: id,
      kubeconfigs: { [id]: readerKubeconfig(id, names.indexOf(id)) },
    })),
    eastWest: {
      name: "istio-eastwestgateway",
      type: "LoadBalancer",
      labels: label,
      ports: [15443],
      addresses: [{ kind: "ip", address: GATEWAY(index) }],
    },
    openings: [
      {
        gateway: "cross-network-gateway",
        selector: { istio: "eastwestgateway" },
        port: 15443,
        tlsMode: "AUTO_PASSTHROUGH",
        hosts: crossNetworkHosts,
      },
    ],
    publicHosts: [healthyHost()],
    metrics: { pod: "prometheus-1", targets: [], alerts: [] },
    mtlsPolicies: [
      {
        namespace: "istio-system",
        name: "default",
        mode: "STRICT",
        hasSelector: false,
        createdAt: NOW,
      },
    ],
    rootConfigMaps: ["istio-system", "echo"].map((namespace) => ({ namespace, pem: root.chain })),
    watched: [
      {
        istiod: "istiod-1",
        clusters: names.map((id) => ({
          id,
          secretName: id === self.id ? "" : `istio-system/istio-remote-secret-${id}`,
          syncStatus: "synced",
        })),
      },
    ],
    networkGateways: names.map((id, position) => ({
      network: id,
      cluster: id,
      address: GATEWAY(position),
      port: 15443,
    })),
    proxies: [{ name: "echo-1.echo", clusterId: self.id, version: istio.version }],
    servingChain: pemsOf(serving),
    exposed: [ECHO_PORT],
    gatewayAnswer: { result: "answered", chain: pemsOf(echo) },
    upstreams: names.map((_, position) => ({
      ...ECHO_PORT,
      address: position === index ? "10.0.0.9" : GATEWAY(position),
      endpointPort: position === index ? 8080 : 15443,
      isHealthy: true,
    })),
    access: perPeer(() => ({
      result: "answered",
      user: `system:serviceaccount:mesh-peer-${self.id}:istio-reader`,
      rules: READER_RULES.map(({ apiGroups, resources, resourceNames }) => ({
        verbs: READER_VERBS,
        apiGroups,
        resources,
        ...(resourceNames && { resourceNames }),
      })),
    })),
    reach: perPeer((_, position) => [
      { address: GATEWAY(position), outcome: "passthrough", said: "connection reset by peer" },
    ]),
    fromHere: perPeer(() => []),
    echoPods: [pod("echo-1", "echo")],
    echo: names.map((id) => ({
      status: 200,
      milliseconds: 1,
      body: { cluster: id, version: "v1", caller: "spiffe://cluster.local/ns/echo/sa/echo" },
    })),
  };
}

export const readerKubeconfig = (id: string, index: number): string =>
  remoteKubeconfig({ clusterId: id, server: SERVER(index), caData: "QQ==", token: "t" });

/** Certificates of a chain, each by itself. */
export const pemsOf = ({ chain }: Authority): string[] =>
  chain.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];

/** The mesh with other facts of one cluster. */
export const withFacts = (
  sights: readonly Sight[],
  cluster: string,
  change: (facts: Facts) => Partial<Sight["facts"]>,
): Sight[] =>
  sights.map((sight) =>
    sight.cluster.id === cluster
      ? { ...sight, facts: { ...sight.facts, ...change(sight.facts as Facts) } }
      : sight,
  );

/** Facts of which nothing could be seen. */
export const unseen = (saidBy: string, ...names: FactName[]): Partial<Sight["facts"]> =>
  Object.fromEntries(names.map((name) => [name, new Unseen("not seen", saidBy)]));
