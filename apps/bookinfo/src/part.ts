import {
  createService,
  readServiceSettings,
  type Environment,
  type Service,
  type ServiceSettings,
} from "@istio-multicloud/service-kit";
import type { FastifyInstance } from "fastify";
import { details } from "./parts/details";
import { productpage } from "./parts/productpage";
import { ratings } from "./parts/ratings";
import { reviews } from "./parts/reviews";

/** What the parts are told about each other and, of the versions, about themselves. */
export interface PartSettings {
  readonly part: PartName;
  readonly service: ServiceSettings;
  /** Whether reviews ask for their stars. */
  readonly enableRatings: boolean;
  readonly starColor: string;
  /** Base URL per part, e.g. `http://details:9080`. */
  readonly urls: Readonly<Record<"details" | "ratings" | "reviews", URL>>;
}

export const PART_NAMES = ["productpage", "details", "ratings", "reviews"] as const;
export type PartName = (typeof PART_NAMES)[number];

const PARTS: Readonly<
  Record<PartName, (settings: PartSettings) => (app: FastifyInstance) => void>
> = { productpage, details, ratings, reviews };

const PORT = 9080;

/**
 * Reads SERVICE_NAME, ENABLE_RATINGS, STAR_COLOR (black) and DETAILS_URL, RATINGS_URL and REVIEWS_URL
 * (`http://<name>:9080`), besides what every service is told.
 *
 * @throws SettingsError for a value that makes no sense
 */
export function readPart(env: Environment): PartSettings {
  const url = (name: string): URL =>
    env.url(`${name.toUpperCase()}_URL`, ["http:"], `http://${name}:${PORT}`);
  return {
    part: env.oneOf("SERVICE_NAME", PART_NAMES, "productpage"),
    service: readServiceSettings(env, { port: PORT }),
    enableRatings: env.oneOf("ENABLE_RATINGS", ["true", "false"], "false") === "true",
    starColor: env.text("STAR_COLOR", "black"),
    urls: { details: url("details"), ratings: url("ratings"), reviews: url("reviews") },
  };
}

/** One part of Bookinfo as a service. */
export const createPart = (settings: PartSettings): Promise<Service> =>
  createService({
    name: settings.part,
    settings: settings.service,
    routes: PARTS[settings.part](settings),
  });
