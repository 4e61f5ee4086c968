import { createService, type Service } from "@istio-multicloud/service-kit";
import type { FastifyInstance } from "fastify";
import { theaterDocument } from "./document";
import { Controller } from "./control/controller";
import { controlRoutes } from "./control/control-routes";
import { routeStore } from "./control/route-store";
import { SCENARIO_NAMES } from "./control/scenarios";
import { liveRoutes } from "./live/live-routes";
import { meshView, type MeshView } from "./live/mesh-view";
import { pageRoutes } from "./page-routes";
import { GATEWAY, proxyRoutes } from "./proxy";
import { serviceOf, UPSTREAMS, type GatewaySettings, type UpstreamName } from "./settings";

const NAMES = Object.keys(UPSTREAMS) as UpstreamName[];

/**
 * The theater's one way in: the services' APIs at `/users`, `/movies` and `/bookings`, the page at
 * `/`, what the page needs at `/api`, and the OpenAPI document of it all at `/openapi.json`.
 */
export async function createGateway(settings: GatewaySettings): Promise<Service> {
  const control = settings.controlToken !== undefined;
  const document = await theaterDocument({ control });
  const view = meshView(settings, settings.topology, control ? SCENARIO_NAMES : []);
  return createService({
    name: GATEWAY,
    settings,
    async routes(app) {
      for (const name of NAMES) {
        await app.register(proxyRoutes, {
          prefix: `/${name}`,
          upstream: settings.upstreams[name],
          milliseconds: settings.upstreamMilliseconds,
          flows: view.flows[name],
        });
      }
      app.get("/openapi.json", () => document);
      liveRoutes(app, view.live);
      app.addHook("onClose", () => view.live.close());
      await allowControl(app, settings, view);
      await pageRoutes(app);
    },
  });
}

/** Where there is a token, and a cluster to change. */
async function allowControl(
  app: FastifyInstance,
  { controlToken: token, topology }: GatewaySettings,
  { own, live }: MeshView,
): Promise<void> {
  if (token === undefined || topology === undefined || own === undefined) {
    return;
  }
  const controller = new Controller(routeStore(own), NAMES.map(serviceOf));
  controller.start(topology.refreshMilliseconds, app.log);
  app.addHook("onClose", () => controller.stop());
  await controlRoutes(app, { token, controller, live });
}
