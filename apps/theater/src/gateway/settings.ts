import {
  readServiceSettings,
  SettingsError,
  type Environment,
  type ServiceSettings,
} from "@istio-multicloud/service-kit";
import { ACCOUNT_FOLDER } from "./live/access";

/** Services behind the gateway, by the first part of their paths. */
export const UPSTREAMS = {
  users: { variable: "USER_SERVICE_URL", url: "http://user-service:8081" },
  movies: { variable: "MOVIE_SERVICE_URL", url: "http://movie-service:8082" },
  bookings: { variable: "BOOKING_SERVICE_URL", url: "http://booking-service:8083" },
} as const;

export type UpstreamName = keyof typeof UPSTREAMS;

/** Kubernetes' name of a service, which its VirtualService has as well. */
export const serviceOf = (name: UpstreamName): string => new URL(UPSTREAMS[name].url).hostname;

export interface GatewaySettings extends ServiceSettings {
  readonly upstreams: Readonly<Record<UpstreamName, URL>>;
  /** How long a service may be silent. */
  readonly upstreamMilliseconds: number;
  /** Where the page's view of the mesh comes from; nothing where it may not look. */
  readonly topology?: TopologySettings | undefined;
  /** What a visitor has to know to change the routes; nothing where nobody may. */
  readonly controlToken?: string | undefined;
}

export interface TopologySettings {
  /** IDs of the mesh's clusters, in its order. */
  readonly clusters: readonly string[];
  /** URL of the API server of the cluster that the gateway runs in. */
  readonly apiServer: URL;
  /** With the pod's own token and `ca.crt`. */
  readonly accountFolder: string;
  /** With a kubeconfig in JSON for each peer, `<cluster>.json`. */
  readonly peersFolder: string;
  /** How often clusters are asked while somebody looks. */
  readonly refreshMilliseconds: number;
  /** An API server that takes longer is as good as none. */
  readonly answerMilliseconds: number;
}

const SHORTEST_TOKEN = 32;

/**
 * Reads what every service reads, and USER_SERVICE_URL, MOVIE_SERVICE_URL, BOOKING_SERVICE_URL,
 * UPSTREAM_MILLISECONDS (15000), TOPOLOGY (off), CONTROL_TOKEN and, where the topology is on,
 * CLUSTERS, ACCOUNT_FOLDER, PEERS_FOLDER, REFRESH_MILLISECONDS and ANSWER_MILLISECONDS (2000),
 * KUBERNETES_SERVICE_HOST and _PORT.
 *
 * @throws SettingsError for a value that makes no sense
 */
export function readGatewaySettings(env: Environment): GatewaySettings {
  const urlOf = (name: UpstreamName): URL =>
    env.url(UPSTREAMS[name].variable, ["http:"], UPSTREAMS[name].url);
  const topology =
    env.oneOf("TOPOLOGY", ["on", "off"], "off") === "on" ? readTopology(env) : undefined;
  return {
    ...readServiceSettings(env, { port: 8080 }),
    upstreams: { users: urlOf("users"), movies: urlOf("movies"), bookings: urlOf("bookings") },
    upstreamMilliseconds: env.integer("UPSTREAM_MILLISECONDS", {
      min: 1,
      max: 60_000,
      fallback: 15_000,
    }),
    topology,
    controlToken: readControlToken(env, topology),
  };
}

function readTopology(env: Environment): TopologySettings {
  const milliseconds = (name: string): number =>
    env.integer(name, { min: 100, max: 60_000, fallback: 2000 });
  const host = env.text("KUBERNETES_SERVICE_HOST");
  const port = env.integer("KUBERNETES_SERVICE_PORT", { min: 1, max: 65_535, fallback: 443 });
  return {
    clusters: env.text("CLUSTERS").split(","),
    apiServer: new URL(`https://${host.includes(":") ? `[${host}]` : host}:${port}`),
    accountFolder: env.text("ACCOUNT_FOLDER", ACCOUNT_FOLDER),
    peersFolder: env.text("PEERS_FOLDER", "/etc/theater/peers"),
    refreshMilliseconds: milliseconds("REFRESH_MILLISECONDS"),
    answerMilliseconds: milliseconds("ANSWER_MILLISECONDS"),
  };
}

function readControlToken(
  env: Environment,
  topology: TopologySettings | undefined,
): string | undefined {
  const token = env.optional("CONTROL_TOKEN");
  if (token !== undefined && token.length < SHORTEST_TOKEN) {
    throw new SettingsError(
      `CONTROL_TOKEN is too short: write ${SHORTEST_TOKEN} letters and digits at least.`,
    );
  }
  if (token !== undefined && topology === undefined) {
    throw new SettingsError("CONTROL_TOKEN is set, but TOPOLOGY is off: set it to on.");
  }
  return token;
}
