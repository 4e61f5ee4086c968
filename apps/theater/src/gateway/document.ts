import Fastify from "fastify";
import { describeRoutes, ROUTES } from "../documentation";
import { controlRoutes } from "./control/control-routes";
import { liveRoutes } from "./live/live-routes";

// Nobody calls these routes, so they get nothing to work with.
const NOTHING = undefined as never;

/**
 * The OpenAPI document of the whole theater, from the routes of its services and of the gateway.
 *
 * @param options `control`: with what a holder of the token may do
 */
export async function theaterDocument({ control }: { readonly control: boolean }): Promise<object> {
  const app = Fastify({ ajv: { customOptions: { allowUnionTypes: true } } });
  await describeRoutes(
    app,
    "Theater",
    control ? { token: { type: "http", scheme: "bearer" } } : {},
  );
  await app.register(async (instance) => {
    Object.values(ROUTES).forEach((routes) => routes(instance, NOTHING));
    liveRoutes(instance, NOTHING);
    if (control) {
      await controlRoutes(instance, { token: "", controller: NOTHING, live: NOTHING });
    }
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}
