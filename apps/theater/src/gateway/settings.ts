import {
  readServiceSettings,
  type Environment,
  type ServiceSettings,
} from "@istio-multicloud/service-kit";

/** Services behind the gateway, by the first part of their paths. */
export const UPSTREAMS = {
  users: { variable: "USER_SERVICE_URL", url: "http://user-service:8081" },
  movies: { variable: "MOVIE_SERVICE_URL", url: "http://movie-service:8082" },
  bookings: { variable: "BOOKING_SERVICE_URL", url: "http://booking-service:8083" },
} as const;

export type UpstreamName = keyof typeof UPSTREAMS;

export interface GatewaySettings extends ServiceSettings {
  readonly upstreams: Readonly<Record<UpstreamName, URL>>;
  /** How long a service may be silent. */
  readonly upstreamMilliseconds: number;
}

/**
 * Reads what every service reads, and USER_SERVICE_URL, MOVIE_SERVICE_URL, BOOKING_SERVICE_URL and
 * UPSTREAM_MILLISECONDS (15000).
 *
 * @throws SettingsError for a value that makes no sense
 */
export function readGatewaySettings(env: Environment): GatewaySettings {
  const urlOf = (name: UpstreamName): URL =>
    env.url(UPSTREAMS[name].variable, ["http:"], UPSTREAMS[name].url);
  return {
    ...readServiceSettings(env, { port: 8080 }),
    upstreams: { users: urlOf("users"), movies: urlOf("movies"), bookings: urlOf("bookings") },
    upstreamMilliseconds: env.integer("UPSTREAM_MILLISECONDS", {
      min: 1,
      max: 60_000,
      fallback: 15_000,
    }),
  };
}
