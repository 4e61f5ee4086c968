/** Names of the theater's objects, the same in every cluster. */
export const THEATER = {
  name: "theater-msa",
  namespace: "theater-msa",
  redis: "redis",
  redisPort: 6379,
  /** Secret with the redis' password, and what of it is for whom. */
  redisSecret: { name: "redis", password: "password", configuration: "redis.conf" },
  /** Port of liveness, readiness and metrics. */
  managementPort: 9090,
  /** Header of requests that the canary's cluster answers. */
  canaryHeader: "x-canary",
} as const;

/** Ports of the services' APIs. */
export const THEATER_PORTS = {
  "user-service": 8081,
  "movie-service": 8082,
  "booking-service": 8083,
  "api-gateway": 8080,
} as const;

/** Label of pods that says in which cluster they are. */
export const CLUSTER_LABEL = "cluster";

/** What a service is called inside the mesh. */
export const hostOf = (service: string): string =>
  `${service}.${THEATER.namespace}.svc.cluster.local`;
