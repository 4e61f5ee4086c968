import { z } from "zod";
import { bookinfoConfig, bookinfoGateway } from "./bookinfo";
import { cloudProfile } from "./clouds";
import { clovaConfig, clovaGateway } from "./clova";
import { ConfigError, UserError } from "./errors";
import { httpsConfig, type PublicHost } from "./https";
import { activeContext, checkRemoteKubeconfig, refuseLoopback } from "./kubeconfig";
import type {
  Cluster,
  ClusterConfig,
  IstioSource,
  Mesh,
  PeerAccess,
  StackConfig,
  TheaterConfig,
  TrustConfig,
} from "./model";
import { observabilityConfig, observabilityHosts } from "./observability";
import { platformConfig } from "./platform";
import { schema, type ClusterEntry, type PkiConfig, type RawConfig } from "./schema";
import { theaterConfig, theaterGateway } from "./theater";
import { checkSupported, istioRelease, minorOf, newestIstioRelease } from "./versions";

const NAMESPACE = "mesh";

/**
 * Turns a stack's configuration into what the program works with. Pure: reads nothing, creates
 * nothing; kubeconfigs are texts here, not paths.
 *
 * @param raw keys without the project's namespace, e.g. `{ clusters: [...] }`
 * @param stack the stack's own name, e.g. `ncloud`
 * @throws UserError one sentence on the first thing that is wrong
 */
export function parseConfig(raw: Readonly<Record<string, unknown>>, stack: string): StackConfig {
  const config = parseKeys(raw);
  const mesh = parseMesh(config);
  checkPki(config.pki, mesh);
  return stack === lastSegment(config.trustStack)
    ? parseTrust(config, mesh)
    : parseCluster(config, mesh, stack);
}

function parseTrust(config: RawConfig, mesh: Mesh): TrustConfig {
  return { kind: "trust", mesh, pki: config.pki, theater: config.theater.enabled };
}

function parseCluster(config: RawConfig, mesh: Mesh, stack: string): ClusterConfig {
  const self = findSelf(config, mesh, stack);
  checkVersions(config);
  checkKubeconfigNames(config, mesh);
  if (config.remoteKubeconfigs[self.id] !== undefined) {
    throw new UserError(
      `${NAMESPACE}:remoteKubeconfigs.${self.id} makes ${self.id} a peer of itself: remove it`,
      2,
    );
  }
  if (config.kubeconfigs[self.id] === undefined) {
    throw missingKubeconfig(self.id, `this stack deploys`);
  }
  activeContext(config.kubeconfigs[self.id] as string, kubeconfigKey(self.id));
  const clusters = mesh.clusters.map(({ id }) => id);
  const clova = clovaConfig(config.clova, clusters, self.id);
  return {
    kind: "cluster",
    mesh,
    self,
    peers: mesh.clusters
      .filter((cluster) => cluster.id !== self.id)
      .map((cluster) => parsePeer(config, cluster)),
    trust: parseTrustSource(config),
    istio: parseIstio(config),
    istioCni: config.istioCni,
    gatewayApi: config.gatewayApi,
    crds: config.crds,
    systemNamespace: config.systemNamespace,
    platform: platformConfig(self.cloud, config),
    mtls: config.mtls,
    mtlsReason: config.mtlsReason.trim() || undefined,
    connectionSeconds: config.connectionSeconds,
    crossNetworkHosts: config.crossNetworkHosts,
    remoteCredentials: config.remoteCredentials,
    bookinfo: bookinfoConfig(config.bookinfo, clusters, self.id),
    firstSteps: config.firstSteps.enabled ? config.firstSteps : undefined,
    https: httpsConfig(config.https, publicHosts(config, clusters), self.id),
    clova,
    theater: parseTheater(config, clusters, self.id),
    observability: observabilityConfig(config.observability, clusters, self.id),
    echoImage: config.echo ? config.echoImage : undefined,
    allowUnsupportedVersions: config.allowUnsupportedVersions,
  };
}

function parseTheater(
  config: RawConfig,
  clusters: readonly string[],
  self: string,
): TheaterConfig | undefined {
  const theater = theaterConfig(config.theater, clusters, self, config.theaterControlToken !== "");
  if (
    theater !== undefined &&
    config.theaterRedisPassword === "" &&
    parseTrustSource(config).kind === "provided"
  ) {
    throw new UserError(
      `${NAMESPACE}:theaterRedisPassword is missing, and no trust stack makes one: set the same secret of 16 letters and digits at least in every cluster's stack`,
      2,
    );
  }
  return theater;
}

/** The mesh's public hosts, whichever cluster they enter through. */
const publicHosts = (
  { bookinfo, clova, observability, theater }: RawConfig,
  clusters: readonly string[],
): readonly PublicHost[] => [
  ...(clova.host === undefined
    ? []
    : [
        {
          host: clova.host,
          key: `${NAMESPACE}:clova.host`,
          gateway: clovaGateway(clova, clusters),
        },
      ]),
  ...(!theater.enabled || theater.host === undefined || theater.entry !== "https"
    ? []
    : [
        {
          host: theater.host,
          key: `${NAMESPACE}:theater.host`,
          gateway: theaterGateway(theater, clusters),
        },
      ]),
  ...(!bookinfo.enabled || bookinfo.host === undefined || bookinfo.entry !== "https"
    ? []
    : [
        {
          host: bookinfo.host,
          key: `${NAMESPACE}:bookinfo.host`,
          gateway: bookinfoGateway(bookinfo, clusters),
        },
      ]),
  ...observabilityHosts(observability, clusters),
];

const configuration = z.strictObject(schema);

/** Fills in defaults and checks every key by itself. */
function parseKeys(raw: Readonly<Record<string, unknown>>): RawConfig {
  const unknown = Object.keys(raw).find((key) => !(key in schema));
  if (unknown !== undefined) {
    throw new UserError(
      `${NAMESPACE}:${unknown} is not a configuration key: remove it, or write one of ${Object.keys(schema).join(", ")}`,
      2,
    );
  }
  const result = configuration.safeParse(raw);
  if (!result.success) {
    throw configError(result.error.issues[0] as z.core.$ZodIssue, raw);
  }
  return result.data;
}

function parseMesh(config: RawConfig): Mesh {
  const clusters = config.clusters.map(toCluster);
  for (const property of ["id", "network"] as const) {
    const twice = clusters.find((cluster, index) =>
      clusters.slice(0, index).some((other) => other[property] === cluster[property]),
    );
    if (twice !== undefined) {
      const key = property === "id" ? "name" : "network";
      throw new ConfigError(
        `${NAMESPACE}:clusters[${twice.index}].${key}`,
        `another ${key} than those of the clusters before it`,
        twice[property],
        property === "id"
          ? "give each cluster its own name"
          : "give each cluster its own network, the pods of two networks meet at gateways only",
      );
    }
  }
  const stackName = lastSegment(config.trustStack);
  const clash = clusters.find((cluster) => cluster.id === stackName);
  if (clash !== undefined) {
    throw new ConfigError(
      `${NAMESPACE}:clusters[${clash.index}].name`,
      "another name than the trust stack's",
      clash.id,
      `rename the cluster, or the trust stack in ${NAMESPACE}:trustStack`,
    );
  }
  return { id: config.meshId, trustDomain: config.trustDomain, clusters };
}

function toCluster(entry: ClusterEntry, index: number): Cluster {
  return {
    id: entry.name,
    network: entry.network ?? entry.name,
    cloud: cloudProfile(entry.cloud),
    index,
    apiServer: entry.apiServer,
    kubernetesVersion: entry.kubernetesVersion,
  };
}

function findSelf(config: RawConfig, mesh: Mesh, stack: string): Cluster {
  const name = config.cluster || stack;
  const self = mesh.clusters.find((cluster) => cluster.id === name);
  if (self === undefined) {
    throw new ConfigError(
      `${NAMESPACE}:cluster`,
      `a name from ${NAMESPACE}:clusters`,
      name,
      `write ${mesh.clusters.map((cluster) => cluster.id).join(" or ")}, or call the stack so`,
    );
  }
  return self;
}

function checkVersions(config: RawConfig): void {
  if (!config.allowUnsupportedVersions) {
    for (const { name, kubernetesVersion } of config.clusters) {
      checkSupported({
        istio: config.istioVersion,
        cluster: name,
        kubernetes: kubernetesVersion,
      });
    }
  }
}

function checkKubeconfigNames(config: RawConfig, mesh: Mesh): void {
  for (const key of ["kubeconfigs", "remoteKubeconfigs"] as const) {
    const stranger = Object.keys(config[key]).find((id) => !known(mesh, id));
    if (stranger !== undefined) {
      throw notACluster(`${NAMESPACE}:${key}.${stranger}`, stranger, mesh);
    }
  }
}

function parsePeer(config: RawConfig, cluster: Cluster): PeerAccess {
  const own = config.kubeconfigs[cluster.id];
  const provided = config.remoteKubeconfigs[cluster.id];
  if (own !== undefined && provided !== undefined) {
    throw new UserError(
      `${kubeconfigKey(cluster.id)} and ${NAMESPACE}:remoteKubeconfigs.${cluster.id} are both set: keep the first to let this stack make its reader on ${cluster.id}, or the second to use a ready-made one`,
      2,
    );
  }
  if (provided !== undefined) {
    checkRemoteKubeconfig(provided, `${NAMESPACE}:remoteKubeconfigs.${cluster.id}`);
    return { kind: "provided", cluster };
  }
  if (own === undefined) {
    throw missingKubeconfig(cluster.id, `is a peer of this stack's`);
  }
  const context = activeContext(own, kubeconfigKey(cluster.id));
  const server = cluster.apiServer ?? context.server;
  refuseLoopback(server, kubeconfigKey(cluster.id));
  return { kind: "managed", cluster, server };
}

function parseTrustSource(config: RawConfig): ClusterConfig["trust"] {
  const parts = ["caCert", "caKey", "rootCert", "certChain"] as const;
  const given = parts.filter((part) => config.cacerts[part] !== undefined);
  if (given.length === 0) {
    return { kind: "stack", name: config.trustStack };
  }
  const missing = parts.filter((part) => config.cacerts[part] === undefined);
  if (missing.length > 0) {
    // istiod stops at an incomplete bundle; before 1.26 it made itself a CA that no peer trusts.
    throw new UserError(
      `${NAMESPACE}:cacerts lacks ${missing.join(", ")}: set all of ${parts.join(", ")}, or none to use the trust stack`,
      2,
    );
  }
  return { kind: "provided" };
}

function parseIstio(config: RawConfig): IstioSource {
  const release = istioRelease(config.istioVersion);
  return {
    version: config.istioVersion,
    release: release ?? newestIstioRelease(),
    crds: release && minorOf(config.istioVersion),
    charts: config.istioCharts,
    hub: config.istioHub,
    tag: config.istioTag || config.istioVersion,
    values: config.istioValues,
  };
}

function checkPki(pki: PkiConfig, mesh: Mesh): void {
  if (pki.signer !== undefined && !pki.roots.includes(pki.signer)) {
    throw new ConfigError(
      `${NAMESPACE}:pki.signer`,
      `one of ${NAMESPACE}:pki.roots`,
      pki.signer,
      `write ${pki.roots.join(" or ")}, or add it to the roots first`,
    );
  }
  if (new Set(pki.roots).size !== pki.roots.length) {
    throw new ConfigError(
      `${NAMESPACE}:pki.roots`,
      "different numbers",
      pki.roots,
      "name each root once",
    );
  }
  if (pki.intermediateDays >= pki.rootDays) {
    throw new ConfigError(
      `${NAMESPACE}:pki.intermediateDays`,
      `fewer than rootDays (${pki.rootDays})`,
      pki.intermediateDays,
      "shorten the intermediates or lengthen the root",
    );
  }
  if (pki.renewBeforeDays >= pki.intermediateDays) {
    throw new ConfigError(
      `${NAMESPACE}:pki.renewBeforeDays`,
      `fewer than intermediateDays (${pki.intermediateDays})`,
      pki.renewBeforeDays,
      "shorten it, or every `up` would sign anew",
    );
  }
  const stranger = Object.keys(pki.intermediates).find((id) => !known(mesh, id));
  if (stranger !== undefined) {
    throw notACluster(`${NAMESPACE}:pki.intermediates.${stranger}`, stranger, mesh);
  }
}

const known = (mesh: Mesh, id: string): boolean =>
  mesh.clusters.some((cluster) => cluster.id === id);

const kubeconfigKey = (id: string): string => `${NAMESPACE}:kubeconfigs.${id}`;

/** `acme/mesh/trust` ⇒ `trust` */
const lastSegment = (stack: string): string => stack.split("/").at(-1) as string;

const missingKubeconfig = (id: string, role: string): UserError =>
  new UserError(
    `${kubeconfigKey(id)} is missing, and ${id} ${role}: run pulumi config set --secret --path '${kubeconfigKey(id)}' < its kubeconfig`,
    2,
  );

const notACluster = (key: string, got: string, mesh: Mesh): ConfigError =>
  new ConfigError(
    key,
    `about a cluster of ${NAMESPACE}:clusters`,
    got,
    `write ${mesh.clusters.map((cluster) => cluster.id).join(" or ")}, or remove it`,
  );

/** The first complaint of the schema, in our words. */
function configError(issue: z.core.$ZodIssue, raw: Readonly<Record<string, unknown>>): ConfigError {
  const key = issue.path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}.${String(part)}`),
    "",
  );
  const name = `${NAMESPACE}:${key.slice(1)}`;
  const got = issue.path.reduce<unknown>(
    (value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part],
    raw,
  );
  const { expected, fix } = explain(issue);
  return new ConfigError(name, expected, redact(name, got), got === undefined ? "set it" : fix);
}

function explain(issue: z.core.$ZodIssue): { expected: string; fix: string } {
  switch (issue.code) {
    case "custom":
      return issue.params as { expected: string; fix: string };
    case "invalid_type":
      return { expected: article(issue.expected), fix: `write ${article(issue.expected)}` };
    case "invalid_value":
      return {
        expected: issue.values.map(String).join(" or "),
        fix: `write ${issue.values.map(String).join(" or ")}`,
      };
    case "unrecognized_keys":
      return {
        expected: "made of known properties",
        fix: `remove ${issue.keys.join(", ")}`,
      };
    case "too_small":
      return {
        expected: `${issue.origin === "array" ? "a list of" : ""} at least ${issue.minimum}`.trim(),
        fix: "write more",
      };
    case "invalid_format":
      return {
        expected: `of the form ${"pattern" in issue ? String(issue.pattern) : issue.format}`,
        fix: "correct it",
      };
    case "too_big":
    case "not_multiple_of":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
      return { expected: issue.message, fix: "correct it" };
  }
}

function article(type: string): string {
  const noun: Record<string, string> = {
    record: "an object",
    object: "an object",
    array: "a list",
    string: "a text",
    boolean: "true or false",
    number: "a number",
    int: "a whole number",
  };
  return noun[type] ?? type;
}

const redact = (key: string, value: unknown): unknown =>
  /^mesh:(kubeconfigs|remoteKubeconfigs|cacerts|theaterRedisPassword|theaterControlToken)\b/.test(
    key,
  ) && typeof value === "string"
    ? "(secret)"
    : value;
