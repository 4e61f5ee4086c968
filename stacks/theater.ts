import * as pulumi from "@pulumi/pulumi";
import { HttpsHost } from "../components/https/https-host";
import { SYSTEM_NAMESPACE } from "../components/istio/constants";
import { THEATER } from "../components/theater/constants";
import type { PageGatewayArgs } from "../components/theater/page-access";
import { PageViewer } from "../components/theater/page-viewer";
import { Theater } from "../components/theater/theater";
import { TheaterEntry } from "../components/theater/theater-entry";
import { kubeconfigJson } from "../config/kubeconfig";
import type {
  Cluster,
  ClusterConfig,
  Mesh,
  PeerAccess,
  TheaterConfig,
  TheaterEntry as Entry,
} from "../config/model";
import { looksAtPeers } from "../config/theater";

export interface TheaterStackArgs {
  readonly cluster: Cluster;
  readonly mesh: Mesh;
  /** Name of a ClusterIssuer; nothing where no host enters by HTTPS. */
  readonly issuer: pulumi.Input<string> | undefined;
  readonly redisPassword: pulumi.Input<string>;
  /** What the gateway with the page looks at the peers by. */
  readonly pageGateway: PageGatewayArgs;
  readonly autoscale: boolean;
  readonly istioCni: boolean;
  readonly istiod: pulumi.Resource;
}

/** The part that one cluster has in the theater. */
export function theater(
  config: TheaterConfig,
  args: TheaterStackArgs,
  opts: pulumi.ComponentResourceOptions,
): void {
  new Theater(
    THEATER.name,
    {
      ...args,
      config,
      trustDomain: args.mesh.trustDomain,
      clusters: args.mesh.clusters.map(({ id }) => id),
    },
    opts,
  );
  const { issuer, istiod } = args;
  if (config.entry !== undefined) {
    new TheaterEntry(
      "theater-entry",
      { host: config.entry.host, gateway: gatewayOf(config.entry, issuer, istiod, opts), istiod },
      opts,
    );
  }
}

/**
 * What this cluster's gateway looks at the peers by: an identity of its own on each where this stack may
 * make one. Of a peer with a ready-made reader, which is istiod's alone, the page says that it has no
 * access.
 *
 * @param providerOf of a peer that this stack makes something on
 */
export function pageGateway(
  { self, peers, theater }: Pick<ClusterConfig, "self" | "peers" | "theater">,
  providerOf: (cluster: string) => pulumi.ProviderResource,
  controlToken: pulumi.Input<string> | undefined,
): PageGatewayArgs {
  const seen = looksAtPeers(theater) ? peers.filter(isManaged) : [];
  return {
    peers: Object.fromEntries(
      seen.map(({ cluster: { id: clusterId }, server }) => {
        const { access } = new PageViewer(
          `theater-viewer-on-${clusterId}`,
          { consumer: self.id },
          { provider: providerOf(clusterId) },
        );
        const kubeconfig = access.apply((own) => kubeconfigJson({ clusterId, server, ...own }));
        return [clusterId, kubeconfig];
      }),
    ),
    peerPorts: seen.map(({ server }) => Number(new URL(server).port || 443)),
    controlToken,
  };
}

type Managed = Extract<PeerAccess, { kind: "managed" }>;

const isManaged = (peer: PeerAccess): peer is Managed => peer.kind === "managed";

function gatewayOf(
  entry: Entry,
  issuer: pulumi.Input<string> | undefined,
  istiod: pulumi.Resource,
  opts: pulumi.ComponentResourceOptions,
): pulumi.Input<string> | undefined {
  if (entry.kind === "existing") {
    return entry.gateway;
  }
  return entry.kind === "https" && issuer !== undefined
    ? new HttpsHost(
        "theater-host",
        { service: THEATER.name, host: entry.host, namespace: SYSTEM_NAMESPACE, issuer, istiod },
        opts,
      ).gateway
    : undefined;
}

/**
 * The password that the trust stack made for the mesh's redis. A preview goes on without it.
 *
 * @param password that output, if it is there
 * @param stack full name of the trust stack
 * @throws pulumi.RunError where the trust stack hasn't made one yet
 */
export function redisPassword(password: unknown, stack: string, isPreview: boolean): string {
  if (typeof password === "string") {
    return password;
  }
  const problem = `Stack ${stack} has no password for the theater's redis: set mesh:theater.enabled there too and run pulumi up --stack ${stack.split("/").at(-1)}`;
  if (!isPreview) {
    throw new pulumi.RunError(problem);
  }
  void pulumi.log.warn(problem);
  return `to be made by ${stack}`;
}
