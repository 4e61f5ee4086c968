import { parse, stringify } from "yaml";
import { z } from "zod";
import { UserError } from "./errors";

const named = <T extends z.ZodType, K extends string>(key: K, value: T) =>
  z.array(
    z.looseObject({ name: z.string(), [key]: value } as { name: z.ZodString } & Record<K, T>),
  );

const kubeconfigShape = z.looseObject({
  clusters: named("cluster", z.looseObject({ server: z.url() })),
  contexts: named("context", z.looseObject({ cluster: z.string(), user: z.string() })),
  users: named("user", z.looseObject({})),
  "current-context": z.string().min(1),
});

/** The parts of a kubeconfig that its current context names. */
export interface ActiveContext {
  /** What it calls its cluster. */
  readonly name: string;
  /** URL of the API server. */
  readonly server: string;
  /** `certificate-authority-data` as written: base64 of a PEM bundle. */
  readonly caData: string | undefined;
  readonly user: Readonly<Record<string, unknown>>;
  readonly cluster: Readonly<Record<string, unknown>>;
}

/** Keys that point to a file beside the kubeconfig, which neither a stack's state nor istiod has. */
const FILE_KEYS = [
  "certificate-authority",
  "client-certificate",
  "client-key",
  "tokenFile",
] as const;

/** Keys of a user by which istiod can authenticate (pkg/kube/util.go, sanitizeKubeConfig). */
const REFUSED_BY_ISTIOD = ["exec", "auth-provider", ...FILE_KEYS] as const;

/**
 * Reads a kubeconfig's current context.
 *
 * @param where how messages call it, e.g. `mesh:kubeconfigs.nhn`
 * @throws UserError when it is no kubeconfig, its context is dangling, or it points to files
 */
export function activeContext(text: string, where: string): ActiveContext {
  const config = parseKubeconfig(text, where);
  const name = config["current-context"];
  const context = config.contexts.find((entry) => entry.name === name)?.context;
  const cluster = config.clusters.find((entry) => entry.name === context?.cluster)?.cluster;
  const user = config.users.find((entry) => entry.name === context?.user)?.user;
  if (context === undefined || cluster === undefined || user === undefined) {
    throw new UserError(
      `${where} has current-context "${name}", whose context, cluster or user is missing in it: write out the whole file with kubectl config view --flatten --minify`,
      2,
    );
  }
  const file = FILE_KEYS.find((key) => key in cluster || key in user);
  if (file !== undefined) {
    throw new UserError(
      `${where} points to a file (${file}), which only exists on one machine: embed it with kubectl config view --flatten --minify`,
      2,
    );
  }
  const caData = cluster["certificate-authority-data"];
  return {
    name: context.cluster,
    server: cluster.server,
    caData: typeof caData === "string" ? caData : undefined,
    user,
    cluster,
  };
}

/**
 * Refuses a ready-made kubeconfig by which istiod could not, or would not, reach a peer.
 *
 * @throws UserError naming the way of authenticating that istiod refuses
 */
export function checkRemoteKubeconfig(text: string, where: string): ActiveContext {
  const context = activeContext(text, where);
  const refused = REFUSED_BY_ISTIOD.find((key) => key in context.user);
  if (refused !== undefined && !isOidc(context.user[refused])) {
    throw new UserError(
      `${where} authenticates by "${refused}", which istiod refuses: use a ServiceAccount token`,
      2,
    );
  }
  refuseLoopback(context.server, where);
  return context;
}

/**
 * Refuses an API server address that only the machine itself can reach.
 *
 * @throws UserError for `localhost` and loopback addresses
 */
export function refuseLoopback(server: string, where: string): void {
  const host = new URL(server).hostname;
  if (host === "localhost" || host === "[::1]" || host.startsWith("127.")) {
    throw new UserError(
      `${where} has the API server ${server}, which the other clusters can't reach: set apiServer of that cluster in mesh:clusters`,
      2,
    );
  }
}

/** What a remote secret's kubeconfig is made of. */
export interface RemoteAccess {
  /** Cluster ID in the mesh. */
  readonly clusterId: string;
  /** URL of the API server as the consuming cluster reaches it. */
  readonly server: string;
  /** Base64 of the CA bundle that signs the API server's certificate. */
  readonly caData: string;
  /** Bearer token of the reader's ServiceAccount. */
  readonly token: string;
}

/**
 * The kubeconfig that `istioctl create-remote-secret` would write for a cluster
 * (istioctl/pkg/multicluster/remote_secret.go): one cluster, one context, one user, all named by ID.
 */
export const remoteKubeconfig = (access: RemoteAccess): string => stringify(kubeconfigOf(access));

/** The same in JSON, for those who read no YAML. */
export const kubeconfigJson = (access: RemoteAccess): string =>
  JSON.stringify(kubeconfigOf(access));

const kubeconfigOf = ({ clusterId, server, caData, token }: RemoteAccess) => ({
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: clusterId, cluster: { "certificate-authority-data": caData, server } }],
  contexts: [{ name: clusterId, context: { cluster: clusterId, user: clusterId } }],
  "current-context": clusterId,
  users: [{ name: clusterId, user: { token } }],
});

/** Whether a value of `mesh:kubeconfigs` names a file instead of being one. */
export const isPath = (value: string): boolean => /^(~|\.{1,2})?\/[^\n]*$/.test(value);

const isOidc = (provider: unknown): boolean =>
  typeof provider === "object" &&
  provider !== null &&
  "name" in provider &&
  provider.name === "oidc";

type Kubeconfig = z.output<typeof kubeconfigShape>;

/** By text: every stack of a mesh has the kubeconfigs of all clusters. */
const parsed = new Map<string, Kubeconfig>();

function parseKubeconfig(text: string, where: string): Kubeconfig {
  const known = parsed.get(text);
  if (known !== undefined) {
    return known;
  }
  let document: unknown;
  try {
    document = parse(text);
  } catch {
    document = undefined;
  }
  const result = kubeconfigShape.safeParse(document);
  if (!result.success) {
    const path = result.error.issues[0]?.path.join(".") || "the whole text";
    throw new UserError(
      `${where} is not a kubeconfig (${path} is wrong or missing): give its text, or the path of its file starting with / or ./`,
      2,
    );
  }
  parsed.set(text, result.data);
  return result.data;
}
