import swagger, { type FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { bookingRoutes } from "./routes/bookings";
import { keepingRoutes } from "./routes/additions";
import type { Store } from "./store/store";

/** Routes of each service, as functions of what they keep their things in. */
export const ROUTES = {
  user: (app: FastifyInstance, store: Store) => keepingRoutes(app, store, "user"),
  movie: (app: FastifyInstance, store: Store) => keepingRoutes(app, store, "movie"),
  booking: bookingRoutes,
} as const;

/**
 * Makes an OpenAPI document of the routes that are registered after this.
 *
 * @param security schemes that these routes name
 */
export const describeRoutes = async (
  app: FastifyInstance,
  title: string,
  security?: NonNullable<OpenApi["components"]>["securitySchemes"],
): Promise<void> => {
  const info = { title, version: "1" };
  const components = security && { components: { securitySchemes: security } };
  await app.register(swagger, { openapi: { openapi: "3.1.0", info, ...components } });
};

type OpenApi = NonNullable<FastifyDynamicSwaggerOptions["openapi"]>;
