import { createService, type Service } from "@istio-multicloud/service-kit";
import { theaterDocument } from "../documentation";
import { pageRoutes } from "./page-routes";
import { proxyRoutes } from "./proxy";
import { UPSTREAMS, type GatewaySettings, type UpstreamName } from "./settings";

/**
 * The theater's one way in: the services' APIs at `/users`, `/movies` and `/bookings`, the page at
 * `/`, and the OpenAPI document of it all at `/openapi.json`. `/api` is the page's own.
 */
export async function createGateway(settings: GatewaySettings): Promise<Service> {
  const document = await theaterDocument();
  return createService({
    name: "api-gateway",
    settings,
    async routes(app) {
      for (const name of Object.keys(UPSTREAMS) as UpstreamName[]) {
        await app.register(proxyRoutes, {
          prefix: `/${name}`,
          upstream: settings.upstreams[name],
          milliseconds: settings.upstreamMilliseconds,
        });
      }
      app.get("/openapi.json", () => document);
      await pageRoutes(app);
    },
  });
}
