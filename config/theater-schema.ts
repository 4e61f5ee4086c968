import { z } from "zod";
import { says } from "./says";

/** The theater's three services behind the gateway, whose traffic is divided among clusters. */
export const WEIGHTED_SERVICES = ["user-service", "movie-service", "booking-service"] as const;
/** Those that may run in several clusters. */
export const SPREAD_SERVICES = [...WEIGHTED_SERVICES, "api-gateway"] as const;

export type WeightedService = (typeof WEIGHTED_SERVICES)[number];
export type SpreadService = (typeof SPREAD_SERVICES)[number];

const on = (what: string) =>
  z.array(z.string()).min(1).optional().describe(`Clusters that run ${what}`);

const share = (what: string) =>
  z
    .record(z.string(), z.int().min(0).max(100))
    .optional()
    .describe(`Percentage of the requests to ${what} that each cluster answers, 100 together`);

const image = (name: string, what: string) =>
  z.string().min(1).default(`theater-msa/${name}:0.1.0`).describe(`Image of ${what}`);

/** The theater's booking service over the clouds. */
export const theater = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe("Deploy the theater; also set it in the trust stack"),
  host: z
    .string()
    .min(1)
    .optional()
    .describe("Public host of the page and the API; without it they are inside the mesh only"),
  gateway: z
    .string()
    .optional()
    .describe("Cluster whose ingress gateway the host's DNS record names; the first by default"),
  entry: z
    .enum(["https", "http", "existing"])
    .default("https")
    .describe("How the host enters: by HTTPS alone, by plain HTTP, or by a Gateway of yours"),
  existingGateway: z
    .string()
    .refine(
      (text) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?\/[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(text),
      says("<namespace>/<name> of a Gateway", "write it like istio-system/cp-gateway"),
    )
    .optional()
    .describe("That Gateway of yours, as <namespace>/<name>"),
  replicas: z
    .int()
    .min(1)
    .max(20)
    .default(2)
    .describe("Pods of each service, but redis, per cluster"),
  placement: z
    .strictObject({
      "user-service": on("the users' service"),
      "movie-service": on("the movies' service"),
      "booking-service": on("the bookings' service"),
      "api-gateway": on("the gateway before them, with the page"),
      redis: z.string().optional().describe("The one cluster that runs the mesh's only redis"),
    })
    .prefault({})
    .describe("Where each part runs"),
  weights: z
    .strictObject({
      "user-service": share("users"),
      "movie-service": share("movies"),
      "booking-service": share("bookings"),
    })
    .prefault({})
    .describe("How the requests are divided among the clusters"),
  canary: z
    .string()
    .optional()
    .describe("Cluster that answers requests with the header x-canary: true"),
  page: z
    .strictObject({
      topology: z
        .boolean()
        .default(true)
        .describe("Show clusters, pods and weights, as read live from every cluster's API"),
    })
    .prefault({})
    .describe("What the page shows"),
  nodeAffinity: z
    .boolean()
    .default(false)
    .describe("Only use nodes whose label cluster-name is the cluster's name"),
  storage: z
    .string()
    .regex(/^[1-9]\d*(Mi|Gi|Ti)$/)
    .optional()
    .describe("Size of redis' volume, e.g. 1Gi; without it a new pod starts empty"),
  storageClass: z
    .string()
    .min(1)
    .optional()
    .describe("StorageClass of that volume; the cluster's default without it"),
  images: z
    .strictObject({
      "user-service": image("user-service", "the users' service"),
      "movie-service": image("movie-service", "the movies' service"),
      "booking-service": image("booking-service", "the bookings' service"),
      "api-gateway": image("api-gateway", "the gateway"),
      redis: z
        .string()
        .min(1)
        .default("docker.io/library/redis:7.4.2-bookworm")
        .describe("Image of redis: a program redis-server in its PATH"),
    })
    .prefault({})
    .describe("Images of the parts"),
});

export type RawTheater = z.output<typeof theater>;
