import swagger from "@fastify/swagger";
import Fastify, { type FastifyInstance } from "fastify";
import { bookingRoutes } from "./routes/bookings";
import { keepingRoutes } from "./routes/additions";
import type { Store } from "./store/store";

/** Routes of each service, as functions of what they keep their things in. */
export const ROUTES = {
  user: (app: FastifyInstance, store: Store) => keepingRoutes(app, store, "user"),
  movie: (app: FastifyInstance, store: Store) => keepingRoutes(app, store, "movie"),
  booking: bookingRoutes,
} as const;

/** Makes an OpenAPI document of the routes that are registered after this. */
export const describeRoutes = async (app: FastifyInstance, title: string): Promise<void> => {
  await app.register(swagger, { openapi: { openapi: "3.1.0", info: { title, version: "1" } } });
};

/** The OpenAPI document of the whole theater, from the routes of its services. */
export async function theaterDocument(): Promise<object> {
  const app = Fastify({ ajv: { customOptions: { allowUnionTypes: true } } });
  await describeRoutes(app, "Theater");
  // Nobody calls these routes, so they get no store.
  await app.register((instance, _options, done) => {
    Object.values(ROUTES).forEach((routes) => routes(instance, undefined as never));
    done();
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}
